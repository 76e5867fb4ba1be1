using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A reward that was trained on a source is added to each target as it is: nothing is trained there (arXiv 2502.12776). Targets have the source's tokens.</summary>
[GenerateSerializer, Alias("ptune.PortedStudyMethod")]
public sealed record PortedStudyMethod : RewardStudyMethod
{
    [Id(0), Range(-1000, 1000), Description("What its rewards are multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(1), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    [Id(2), MinLength(1), MaxLength(CarriedInputs.MaxRewards), Description("Several rewards that are added up, each with its own settings, in place of those here. Default: one.")]
    public StudyReward[]? Rewards { get; init; }

    [Id(3), MinLength(1), MaxLength(32), Description("Weights that are tried on the validation split, for a front of gain and forgetting; 'weight' is the one that is compared. Default: none.")]
    public double[]? Weights { get; init; }

    public override double[]? OwnWeights() => Weights;

    public override StudyMethod AtWeight(double weight) => this with { Weight = weight, Weights = null };

    public override string[]? OwnTargets() => Targets;

    public override double? OwnWeight() => Weight;

    public override int JobsOfASeed() => Rewards?.Length ?? 1;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Tokens;

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        RewardUse[] rewards = Rewards is null ? [Train(pair.Source!, Weight, jobs)] : [.. Rewards.Select(reward => reward.Train(pair.Source!, jobs))];
        return new(jobs.Model(pair.Target), null, rewards[0].Reward) { Rewards = rewards };
    }
}
