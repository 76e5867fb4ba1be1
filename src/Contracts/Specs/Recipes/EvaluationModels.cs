using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>The models that a port and EFT run at inference. The times are measurements: they are recorded beside the result, not in its artifact.</summary>
[GenerateSerializer, Alias("ptune.EvaluationModels")]
public sealed record EvaluationModels
{
    [Id(0), Description("The bare target.")]
    public required string Target { get; init; }

    [Id(1), Description("The reward: a port runs target and reward.")]
    public required string Reward { get; init; }

    [Id(2), Description("The bare source: EFT runs target, source and tuned source.")]
    public required string Source { get; init; }

    [Id(3), Description("The tuned source.")]
    public required string TunedSource { get; init; }

    public IEnumerable<JobInput> Inputs() =>
    [
        new("targetModel", "models.target", Target, ArtifactKind.Model),
        new("rewardModel", "models.reward", Reward, ArtifactKind.Reward),
        new("sourceModel", "models.source", Source, ArtifactKind.Model),
        new("tunedSourceModel", "models.tunedSource", TunedSource, ArtifactKind.Model),
    ];

    public EvaluationModels WithInputs(Func<string, string> resolve) => new()
    {
        Target = resolve(Target),
        Reward = resolve(Reward),
        Source = resolve(Source),
        TunedSource = resolve(TunedSource),
    };
}
