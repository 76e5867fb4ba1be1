namespace Ptune.Cli.Output;

/// <summary>How results are written to stdout.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people; on a terminal, ids are shortened to a unique beginning.</summary>
    Table,

    /// <summary>Columns with whole ids and texts.</summary>
    Wide,

    /// <summary>The server's JSON, indented.</summary>
    Json,

    /// <summary>The same as YAML.</summary>
    Yaml,
}
