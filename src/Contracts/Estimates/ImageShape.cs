namespace Ptune.Contracts.Estimates;

/// <summary>How much an image model reads of an image, in the size that the model wants.</summary>
/// <param name="Tokens">Patches, and the class token.</param>
/// <param name="Pixels">Numbers: channels x height x width.</param>
public sealed record ImageShape(long Tokens, long Pixels);
