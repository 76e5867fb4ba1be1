namespace Ptune.Contracts.Specs;

/// <summary>What a file's name says of its content.</summary>
/// <param name="Kind">How records lie in it; null: the name does not say.</param>
/// <param name="IsPacked">Whether it is compressed by gzip.</param>
public readonly record struct TextFileEnding(TextFileKind? Kind, bool IsPacked)
{
    /// <summary>Those that every server knows, for a message.</summary>
    public const string Known = ".jsonl, .jsonl.gz, .parquet, .txt and .txt.gz";

    private const string Gzip = ".gz";

    /// <param name="path">Of the file, or its name.</param>
    public static TextFileEnding Of(string path)
    {
        var isPacked = path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);
        var name = isPacked ? path[..^Gzip.Length] : path;
        TextFileKind? kind = Ends(name, ".jsonl") ? TextFileKind.JsonLines
            : Ends(name, ".txt") ? TextFileKind.Plain
            : Ends(name, ".parquet") && !isPacked ? TextFileKind.Parquet
            : TextFileEndings.IsAdded(Path.GetExtension(name)) ? TextFileKind.Added
            : null;
        return new(kind, isPacked);
    }

    private static bool Ends(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
