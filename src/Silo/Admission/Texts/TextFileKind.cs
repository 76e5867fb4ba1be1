namespace Ptune.Silo.Admission.Texts;

/// <summary>How records lie in a file.</summary>
internal enum TextFileKind
{
    JsonLines,
    Plain,
    Parquet,
}
