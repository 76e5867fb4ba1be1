using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A language model of our own: sizes, and a family that Hugging Face's libraries load. Its vocabulary is the tokenizer's.</summary>
[GenerateSerializer, Alias("ptune.DecoderSpec")]
public abstract record DecoderSpec : ArchitectureSpec
{
    [Id(0), Range(1, 1024), Description("Number of blocks. Default: 4.")]
    public int Layers { get; init; } = 4;

    [Id(1), Range(1, 65536), Description("Width of the residual stream. Default: 128.")]
    public int Width { get; init; } = 128;

    [Id(2), Range(1, 1024), Description("Attention heads; they divide the width. Default: 4.")]
    public int Heads { get; init; } = 4;

    [Id(3), Range(2, 1_000_000), Description("Tokens that the model can read at once. Default: 512.")]
    public int Context { get; init; } = 512;

    [Id(4), Range(1, 1_000_000), Description("Width of the feed-forward layer. Default: as the family has it, 8/3 of the width for gated ones and 4 times for others, rounded up to a multiple of 8.")]
    public int? Inner { get; init; }

    [Id(5), Description("Whether the head is the embedding. Default: true.")]
    public bool Tied { get; init; } = true;

    /// <summary>The tensors of its family.</summary>
    public abstract DecoderLayout Layout();
}
