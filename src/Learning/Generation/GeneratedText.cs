namespace Ptune.Learning.Generation;

/// <summary>An answer to one prompt.</summary>
/// <param name="Ids">The new tokens only, an end token included.</param>
internal sealed record GeneratedText(IReadOnlyList<long> Ids, FinishReason Finish);
