namespace Ptune.Cli.Imports;

/// <summary>A file of a folder on this machine.</summary>
/// <param name="Name">Its path below the folder, with <c>/</c>.</param>
/// <param name="Path">Its full path.</param>
internal sealed record LocalFile(string Name, string Path, long Bytes);
