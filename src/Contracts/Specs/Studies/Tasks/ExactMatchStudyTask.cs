using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Specs;

/// <summary>The share of prompts whose greedy answer is the response, after a normalizer.</summary>
[GenerateSerializer, Alias("ptune.ExactMatchStudyTask")]
public sealed record ExactMatchStudyTask : StudyTask
{
    [Id(0), MaxLength(LogRule.MaxPattern), Description("A normalizer's name (none, gsm8kStrict, gsm8kFlexible), or a regular expression whose first group is compared. Default: none.")]
    public string Normalizer { get; init; } = "none";

    [Id(1), Range(1, 100_000), Description("Tokens of an answer at most. Default: 256.")]
    public int MaxTokens { get; init; } = 256;

    [Id(2), MaxLength(16), Description("Texts that end an answer. Default: none.")]
    public string[]? Stop { get; init; }

    public override TaskSpec Judged() => new ExactMatchTask { Normalizer = Normalizer, MaxTokens = MaxTokens, Stop = Stop };

    public override string Metric() => MetricNames.ExactMatch;

    public override bool IsLessBetter() => false;
}
