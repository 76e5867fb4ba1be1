using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>The control of <see cref="PortedStudyMethod"/>: a reward with random numbers, each tensor with the norm of the tuned one.</summary>
[GenerateSerializer, Alias("ptune.RandomRewardStudyMethod")]
public sealed record RandomRewardStudyMethod : RewardStudyMethod
{
    [Id(0), Range(-1000, 1000), Description("What its rewards are multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(1), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    public override string[]? OwnTargets() => Targets;

    public override double? OwnWeight() => Weight;

    public override int JobsOfASeed() => 2;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Tokens;

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var tuned = Train(pair.Source!, Weight, jobs);
        var random = tuned with { Reward = jobs.Randomize(tuned.Reward, ArtifactKind.Reward) };
        return new(jobs.Model(pair.Target), null, random.Reward) { Rewards = [random] };
    }
}
