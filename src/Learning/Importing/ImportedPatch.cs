namespace Ptune.Learning.Importing;

/// <summary>A patch that was imported.</summary>
/// <param name="Files">The artifact's files below the target, in order.</param>
/// <param name="Notes">What loads, but is worth a sentence.</param>
public sealed record ImportedPatch(IReadOnlyList<string> Files, PatchFacts Facts, IReadOnlyList<string> Notes);
