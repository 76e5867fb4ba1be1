namespace Ptune.Contracts.Specs;

/// <summary>How records lie in a file.</summary>
public enum TextFileKind
{
    JsonLines,
    Plain,
    Parquet,

    /// <summary>As <see cref="TextFileEndings"/> says: only workers read it.</summary>
    Added,
}
