using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Mistral (arXiv 2310.06825): Llama with a sliding window.</summary>
[GenerateSerializer, Alias("ptune.MistralSpec")]
public sealed record MistralSpec : GroupedDecoderSpec
{
    [Id(0), Range(1, 1_000_000), Description("Tokens that a token sees, itself included. Default: all.")]
    public int? Window { get; init; }
}
