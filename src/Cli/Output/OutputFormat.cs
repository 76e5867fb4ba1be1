namespace Ptune.Cli.Output;

/// <summary>How results are written to stdout.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>The server's JSON, indented.</summary>
    Json,

    /// <summary>The same as YAML.</summary>
    Yaml,
}
