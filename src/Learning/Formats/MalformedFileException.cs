namespace Ptune.Learning;

/// <summary>A file is not what it should be: truncated, tampered with, or of another format.</summary>
public sealed class MalformedFileException(string file, long offset, string problem, Exception? inner = null)
    : LearningException($"{file}: at offset {offset}: {problem}", inner)
{
    /// <summary>The file's path.</summary>
    public string File { get; } = file;

    /// <summary>The place of the problem in bytes from the file's start (of a .gz, in the uncompressed stream).</summary>
    public long Offset { get; } = offset;
}
