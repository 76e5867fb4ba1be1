using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>The tokenizer of a model that is pretrained: a published tokenizer.json, or the first part of its vocabulary.</summary>
[GenerateSerializer, Alias("ptune.TokenizerSpec")]
public sealed record TokenizerSpec
{
    [Id(0), NotIdentity, ClientPath, MaxLength(IDatasetSpec.MaxLocation), Description("The folder that holds the file, an http(s) address, or 'uploads:' for a file that was uploaded.")]
    public required string Location { get; init; }

    [Id(1), Description("The tokenizer.json, and its SHA-256.")]
    public required DataFile File { get; init; }

    [Id(2), Range(257, 10_000_000), Description("Use only so many tokens: those of single bytes and the first merges, and the special tokens. Default: all.")]
    public int? Vocabulary { get; init; }

    [Id(3), MaxLength(100), Description("The token that ends a text. Default: <|endoftext|>.")]
    public string EndOfText { get; init; } = "<|endoftext|>";
}
