using Ptune.Contracts.Specs;

namespace Ptune.Storage.Serialization;

/// <summary>What a row of the catalog says that a job takes.</summary>
/// <param name="Needs">What its spec asks for; null: nothing in particular.</param>
/// <param name="EstimatedGiB">The memory that it is likely to take; null: not known.</param>
/// <param name="EstimatedSeconds">The device time that it is likely to take; null: not known.</param>
internal sealed record RowNeeds(Needs? Needs, double? EstimatedGiB, double? EstimatedSeconds);
