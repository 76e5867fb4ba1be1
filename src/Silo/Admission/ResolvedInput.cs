using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>An input that was found.</summary>
/// <param name="Reference">A digest or a job.</param>
/// <param name="Space">What it gives probabilities over; null where it is not known yet.</param>
/// <param name="Family">Of a model of the Hugging Face formats, its model_type; null: another one, or not known yet.</param>
/// <param name="Context">How many tokens a language model reads at once; null: none, or not known yet.</param>
internal sealed record ResolvedInput(JobInput Input, string Reference, KnownSpace? Space, string? Family = null, int? Context = null);
