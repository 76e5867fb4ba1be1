namespace Ptune.Learning.Importing;

/// <summary>A file that a model's artifact refers to.</summary>
/// <param name="Path">Below the folder.</param>
/// <param name="Digest">SHA-256.</param>
/// <param name="Modified">When it was last written: while size and time stay, its bytes are not read again.</param>
internal sealed record ReferencedFile(string Path, string Digest, long Bytes, DateTime Modified);
