namespace Ptune.Contracts.Specs;

/// <summary>The reward without any model, softmax(r / lambda): what of a port's gain needs the target.</summary>
[GenerateSerializer, Alias("ptune.RewardAloneStudyMethod")]
public sealed record RewardAloneStudyMethod : RewardStudyMethod
{
    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => study.Sources.Select(source => new StudyPair(source, source));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var reward = Train(pair.Source!, 1, jobs);
        return new(null, null, reward.Reward) { Rewards = [reward] };
    }
}
