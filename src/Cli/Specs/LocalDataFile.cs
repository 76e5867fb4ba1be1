namespace Ptune.Cli.Specs;

/// <summary>A file on this machine that a spec declares.</summary>
/// <param name="Place">Where its digest stands in the spec.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Sha256">The declared digest.</param>
internal sealed record LocalDataFile(string Place, string Path, string Sha256);
