namespace Ptune.Silo.Admission.Texts;

/// <summary>How records lie in a file.</summary>
internal enum TextFileKind
{
    JsonLines,
    Plain,
    Parquet,

    /// <summary>As <see cref="Contracts.Specs.TextFileEndings"/> says: only workers read it.</summary>
    Added,
}
