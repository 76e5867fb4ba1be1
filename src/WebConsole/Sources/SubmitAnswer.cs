using Ptune.Contracts.Specs.Reading;

namespace Ptune.WebConsole.Sources;

/// <summary>What became of a submit.</summary>
/// <param name="Path">The page of what was submitted; null: it was refused.</param>
/// <param name="Refusal">Why, in a sentence.</param>
/// <param name="Problems">What is wrong with the spec.</param>
public sealed record SubmitAnswer(string? Path, string? Refusal, IReadOnlyList<SpecProblem> Problems);
