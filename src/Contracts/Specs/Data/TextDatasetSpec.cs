using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>A data set of texts: files of JSON Lines, Parquet or plain text, read one after the other.</summary>
[GenerateSerializer, Alias("ptune.TextDatasetSpec")]
public sealed record TextDatasetSpec : IDatasetSpec
{
    /// <summary>The most files.</summary>
    public const int MaxFiles = 1000;

    /// <summary>The most bytes of a record. A line beyond it is no example of text but a damaged file, and memory is taken for each.</summary>
    public const int MaxRecordBytes = 16 << 20;

    /// <summary>Written, so that readers can tell it from images.</summary>
    [JsonPropertyOrder(-1), Description("text.")]
    public string Kind => "text";

    [Id(0), NotIdentity, MaxLength(IDatasetSpec.MaxName), Description("The data set's display name.")]
    public required string Name { get; init; }

    [Id(1), NotIdentity, ClientPath, MaxLength(IDatasetSpec.MaxLocation), Description("The folder that holds the files, an http(s) address from which each worker downloads them once, or 'uploads:' for files that were uploaded. ${NAME} in an address stands for a secret of the workers.")]
    public required string Location { get; init; }

    [Id(2), MinLength(1), MaxLength(MaxFiles), Description("The files, .jsonl, .parquet or .txt, plain or gzip-compressed (.gz), and the SHA-256 of each as stored.")]
    public required DataFile[] Files { get; init; }

    [Id(3), Description("What a record is: text, promptResponse, messages, textLabel, multipleChoice or preference. Default: text.")]
    public TextFormat Format { get; init; } = TextFormat.Text;

    /// <summary>The product's own format that decides what can be done with the records: <see cref="Format"/>, where it is not one that was added.</summary>
    [JsonIgnore]
    public TextFormat Shape => TextFormats.ShapeOf(Format);

    [Id(4), MaxLength(32), Description("Our field names to the files', where they differ: { text: verse }. Default: the same.")]
    public Dictionary<string, string>? Fields { get; init; }

    [Id(5), MaxLength(SpecLimits.ValueCharacters), Description("A Jinja template that makes a record's text from its fields. Messages use the model's own template unless one is given. Default: none.")]
    public string? Template { get; init; }

    [Id(6), Description("What a record of a .txt file is: file, paragraph or line. Default: file.")]
    public PlainTextRecords? Records { get; init; }

    [Id(7), MinLength(2), MaxLength(SpecLimits.Labels), Description("The labels of textLabel in the order of their numbers. Default: those that the records have, sorted.")]
    public string[]? Labels { get; init; }

    [Id(8), Description("Whether records with nothing to train are dropped and counted; otherwise they are refused. Default: false.")]
    public bool? DropEmpty { get; init; }

    public IEnumerable<(string Key, DataFile File)> Declared() => Files.Select((file, i) => ($"files[{i}]", file));

    public IDatasetSpec At(string location) => this with { Location = location };
}
