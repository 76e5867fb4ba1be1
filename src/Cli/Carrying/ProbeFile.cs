using System.Text.Json;
using Ptune.Cli.Specs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>A file of JSON Lines on this machine on which a port is tried.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">What its records are.</param>
internal sealed record ProbeFile(string Path, TextFormat Format)
{
    private static readonly TextFormat[] s_known = [TextFormat.MultipleChoice, TextFormat.TextLabel, TextFormat.PromptResponse, TextFormat.Messages, TextFormat.Text];

    /// <summary>Looks at the first record.</summary>
    /// <param name="format">As the user says; null: the one whose fields the first record has.</param>
    /// <exception cref="CliException">There is no such file, it is empty, or its first line is no record of a format that can be judged.</exception>
    public static ProbeFile Read(string path, TextFormat? format)
    {
        if (FileKinds.Of(path) is var kind && kind != FileKind.Regular)
            throw new CliException(ExitCode.NotFound, kind == FileKind.None ? $"There is no file '{path}'." : $"'{path}' is not a regular file.");
        if (!path.EndsWith(".jsonl", StringComparison.Ordinal))
            throw new CliException(ExitCode.Usage, $"'{path}' is not a .jsonl file.", "Write one JSON object a line, such as {\"text\": \"...\"} or {\"prompt\": \"...\", \"response\": \"...\"}.");
        if (File.ReadLines(path).FirstOrDefault(line => line.Trim().Length > 0) is not { } first)
            throw new CliException(ExitCode.Usage, $"'{path}' is empty: there is nothing to try the port on.", "Give at least 30 examples.");
        if (format is { } named) return new ProbeFile(path, named);
        var fields = Fields(path, first);
        if (s_known.Where(known => TextFields.Of(known).All(fields.Contains)).Select(known => (TextFormat?)known).FirstOrDefault() is { } found) return new ProbeFile(path, found);
        throw new CliException(ExitCode.Usage, $"The first record of '{path}' has the fields {string.Join(", ", fields)}, which are of no known format.", $"Known are {string.Join("; ", s_known.Select(known => string.Join(", ", TextFields.Of(known))))}.");
    }

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
