namespace Ptune.Cli.Output;

/// <summary>Groups of output formats.</summary>
internal static class OutputFormatExtensions
{
    /// <summary>Columns, and not one document that programs read.</summary>
    public static bool IsTable(this OutputFormat format) => format is OutputFormat.Table or OutputFormat.Wide;
}
