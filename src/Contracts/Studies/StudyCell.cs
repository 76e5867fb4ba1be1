using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Studies;

/// <summary>One job of a study.</summary>
/// <param name="Status">Null until the study has submitted it.</param>
/// <param name="Reused">True when its result was in the store already.</param>
[GenerateSerializer, Alias("ptune.StudyCell")]
public sealed record StudyCell(string Key, string JobId, string Name, string[] DependsOn, JobStatus? Status, bool Reused);
