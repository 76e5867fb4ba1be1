using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>The share of prompts whose greedy answer is the response, after a normalizer.</summary>
[GenerateSerializer, Alias("ptune.ExactMatchTask")]
public sealed record ExactMatchTask : TaskSpec
{
    /// <summary>The normalizers with names.</summary>
    public static readonly IReadOnlyList<string> Names = ["none", "gsm8kStrict", "gsm8kFlexible"];

    [Id(0), MaxLength(LogRule.MaxPattern), Description("A normalizer's name (none, gsm8kStrict, gsm8kFlexible), or a regular expression whose first group is compared. Default: none.")]
    public string Normalizer { get; init; } = "none";

    [Id(1), Range(1, 100_000), Description("Tokens of an answer at most. Default: 256.")]
    public int MaxTokens { get; init; } = 256;

    [Id(2), MaxLength(16), Description("Texts that end an answer. Default: none.")]
    public string[]? Stop { get; init; }

    public override bool Fits(TextFormat format) => format is TextFormat.PromptResponse or TextFormat.Messages;
}
