namespace Ptune.Storage.Artifacts;

/// <summary>Stored bytes are not those that were written: truncated, tampered with, or damaged.</summary>
public sealed class DigestMismatchException(string file, string expected, string actual, long bytes) : IOException(
    $"'{file}' has been truncated or changed: expected {expected}, found {actual} ({bytes} bytes).")
{
    public string File { get; } = file;

    public string Expected { get; } = expected;

    public string Actual { get; } = actual;
}
