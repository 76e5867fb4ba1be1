namespace Ptune.Contracts.Specs;

/// <summary>The models alone.</summary>
[GenerateSerializer, Alias("ptune.BareStudyMethod")]
public sealed record BareStudyMethod : StudyMethod
{
    public override bool IsSeeded() => false;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => study.Sources.Concat(study.Targets).Distinct().Select(model => new StudyPair(null, model));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs) => new(jobs.Model(pair.Target));
}
