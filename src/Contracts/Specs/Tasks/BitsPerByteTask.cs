using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Bits that the model needs for a byte of the text, by rolling windows: lower is better. Also gives the perplexity of a token.</summary>
[GenerateSerializer, Alias("ptune.BitsPerByteTask")]
public sealed record BitsPerByteTask : TaskSpec
{
    [Id(0), Range(2, 1_000_000), Description("Tokens of a window. Default: data.maxTokens, at most the model's context.")]
    public int? Window { get; init; }
}
