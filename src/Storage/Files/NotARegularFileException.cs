namespace Ptune.Storage.Files;

/// <summary>A path names a folder, a pipe, a socket or a device where a file is wanted.</summary>
internal sealed class NotARegularFileException(string path, string kind) : IOException($"'{path}' is {kind}, not a regular file.")
{
    /// <summary>What it is, with its article: a directory.</summary>
    public string Kind => kind;
}
