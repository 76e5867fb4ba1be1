namespace Ptune.Cli.Output;

/// <summary>Questions to a format.</summary>
internal static class OutputFormatExtensions
{
    /// <summary>Columns, and not one document that programs read.</summary>
    public static bool IsTable(this OutputFormat format) => format is OutputFormat.Table or OutputFormat.Wide;
}
