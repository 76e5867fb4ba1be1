using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>Cached scores of one target and what is compared on it.</summary>
[GenerateSerializer, Alias("ptune.EvaluationScores")]
public sealed record EvaluationScores
{
    [Id(0), Description("Scores of the bare target.")]
    public required string Target { get; init; }

    [Id(1), Description("Scores of the reward. Gives reward alone and ported.")]
    public required string Reward { get; init; }

    [Id(2), Description("Scores of the bare source. Gives eps = KL(source || target) and C.")]
    public string? Source { get; init; }

    [Id(3), Description("Scores of the tuned source. With the source gives EFT = target + (tuned - source).")]
    public string? TunedSource { get; init; }

    [Id(4), Description("Scores of the target tuned on the same examples.")]
    public string? Retrained { get; init; }

    public IEnumerable<JobInput> Inputs()
    {
        yield return new("target", "scores.target", Target, ArtifactKind.Scores);
        yield return new("reward", "scores.reward", Reward, ArtifactKind.Scores);
        if (Source is not null) yield return new("source", "scores.source", Source, ArtifactKind.Scores);
        if (TunedSource is not null) yield return new("tunedSource", "scores.tunedSource", TunedSource, ArtifactKind.Scores);
        if (Retrained is not null) yield return new("retrained", "scores.retrained", Retrained, ArtifactKind.Scores);
    }

    public EvaluationScores WithInputs(Func<string, string> resolve) => new()
    {
        Target = resolve(Target),
        Reward = resolve(Reward),
        Source = Source is null ? null : resolve(Source),
        TunedSource = TunedSource is null ? null : resolve(TunedSource),
        Retrained = Retrained is null ? null : resolve(Retrained),
    };
}
