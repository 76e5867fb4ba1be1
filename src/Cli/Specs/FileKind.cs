namespace Ptune.Cli.Specs;

/// <summary>What a path refers to.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or it cannot be seen.</summary>
    None,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A named or unnamed pipe.</summary>
    Pipe,

    /// <summary>A folder, a device or a socket.</summary>
    Other,
}
