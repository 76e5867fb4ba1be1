using System.IO.Compression;
using System.Text.Json;
using Ptune.Cli.Specs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>A file of texts on this machine on which a port is tried: JSON Lines, plain text with a text on each line, or what only workers read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">What its records are.</param>
internal sealed record ProbeFile(string Path, TextFormat Format)
{
    private static readonly TextFormat[] s_known = [.. TextFormats.All.Where(format => TextFormats.Added(format) is not null), TextFormat.MultipleChoice, TextFormat.TextLabel, TextFormat.PromptResponse, TextFormat.Messages, TextFormat.Text];

    /// <summary>Looks at the first record.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">As the user says; null: the one whose fields the first record has.</param>
    /// <exception cref="CliException">There is no such file, it is empty, or what its records are cannot be told or judged.</exception>
    public static ProbeFile Read(string path, TextFormat? format)
    {
        if (FileKinds.Of(path) is var kind && kind != FileKind.Regular)
            throw new CliException(ExitCode.NotFound, kind == FileKind.None ? $"There is no file '{path}'." : $"'{path}' is not a regular file.");
        return TextFileEnding.Of(path).Kind switch
        {
            TextFileKind.JsonLines => Records(path, format),
            TextFileKind.Plain => Lines(path, format),
            null => throw new CliException(ExitCode.Usage, $"'{path}' is not a .jsonl, .txt or .parquet file; .jsonl and .txt may be compressed (.gz).", "Write one JSON object a line, such as {\"text\": \"...\"} or {\"prompt\": \"...\", \"response\": \"...\"}."),
            _ => Other(path, format),
        };
    }

    /// <summary>The first record tells the format.</summary>
    private static ProbeFile Records(string path, TextFormat? format)
    {
        var first = First(path);
        if (format is { } named) return new ProbeFile(path, named);
        var fields = Fields(path, first);
        if (s_known.Where(known => TextFields.Of(known).All(fields.Contains)).Select(known => (TextFormat?)known).FirstOrDefault() is { } found) return new ProbeFile(path, found);
        throw new CliException(ExitCode.Usage, $"The first record of '{path}' has the fields {string.Join(", ", fields)}, which are of no known format.", $"Known are {string.Join("; ", s_known.Select(known => string.Join(", ", TextFields.Of(known))))}.");
    }

    /// <summary>Plain text has a text on each line.</summary>
    private static ProbeFile Lines(string path, TextFormat? format)
    {
        if (format is not (null or TextFormat.Text)) throw new CliException(ExitCode.Usage, $"'{path}' is plain text, which has a text on each line and no other fields.", "Write --format text, or give a .jsonl or .parquet file.");
        First(path);
        return new ProbeFile(path, TextFormat.Text);
    }

    /// <summary>Only workers read what lies in it.</summary>
    private static ProbeFile Other(string path, TextFormat? format)
    {
        if (new FileInfo(path).Length == 0) throw Empty(path);
        return new ProbeFile(path, format ?? throw new CliException(ExitCode.Usage, $"The format of the records in '{path}' is not known here: only workers read files of this kind.", "Write --format text, promptResponse, messages, textLabel or multipleChoice."));
    }

    private static string First(string path)
    {
        try
        {
            using Stream file = File.OpenRead(path), content = TextFileEnding.Of(path).IsPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var lines = new StreamReader(content);
            while (lines.ReadLine() is { } line)
                if (!string.IsNullOrWhiteSpace(line)) return line;
        }
        catch (InvalidDataException e)
        {
            throw new CliException(ExitCode.Usage, $"'{path}' cannot be read: {e.Message}", "Check that it is compressed by gzip, or correct its name.");
        }
        throw Empty(path);
    }

    private static CliException Empty(string path) => new(ExitCode.Usage, $"'{path}' is empty: there is nothing to try the port on.", "Give at least 30 examples.");

    /// <summary>All of its records.</summary>
    /// <param name="sha256">Its digest, under which it is in the store.</param>
    /// <param name="maxTokens">Tokens of an example or window.</param>
    public DataSpec Data(string sha256, int maxTokens) => new()
    {
        Dataset = new TextDatasetSpec
        {
            Name = System.IO.Path.GetFileName(Path),
            Location = IDatasetSpec.Uploads,
            Files = [new DataFile { Path = System.IO.Path.GetFileName(Path), Sha256 = sha256 }],
            Format = Format,
            Records = TextFileEnding.Of(Path).Kind == TextFileKind.Plain ? PlainTextRecords.Line : null,
        },
        Splits = new SplitsSpec { Seed = 1, Shares = [0, 0, 1] },
        Split = Split.Test,
        MaxTokens = maxTokens,
    };

    private static HashSet<string> Fields(string path, string line)
    {
        try
        {
            using var record = JsonDocument.Parse(line);
            return [.. record.RootElement.EnumerateObject().Select(member => member.Name)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CliException(ExitCode.Usage, $"The first line of '{path}' is not a JSON object: {e.Message}", "Write one object a line.");
        }
    }
}
