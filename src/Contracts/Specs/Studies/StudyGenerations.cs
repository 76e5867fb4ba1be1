using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Texts that a study lets its models continue, to be read side by side.</summary>
[GenerateSerializer, Alias("ptune.StudyGenerations")]
public sealed record StudyGenerations
{
    [Id(0), MinLength(1), MaxLength(32), Description("Texts to continue.")]
    public required string[] Prompts { get; init; }

    [Id(1), Range(1, 10_000), Description("New tokens at most. Default: 60.")]
    public int MaxTokens { get; init; } = 60;

    [Id(2), Range(0, 100), Description("Temperature; 0 takes the likeliest token each time. Default: 0.")]
    public double Temperature { get; init; }

    [Id(3), Range(0, 1), Description("Draw from the likeliest tokens that have this probability together. Default: all.")]
    public double? TopP { get; init; }

    [Id(4), Range(0, 100, MinimumIsExclusive = true), Description("Repetition penalty. Default: none.")]
    public double? RepetitionPenalty { get; init; }

    [Id(5), Description("Seed of the draws. Default: 0.")]
    public long Seed { get; init; }
}
