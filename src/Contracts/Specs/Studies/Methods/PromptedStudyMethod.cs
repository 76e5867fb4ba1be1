using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Nothing is trained: each model reads some of the tuning examples before each text (in-context learning, arXiv 2005.14165). Each seed draws others.</summary>
[GenerateSerializer, Alias("ptune.PromptedStudyMethod")]
public sealed record PromptedStudyMethod : StudyMethod
{
    [Id(0), Range(1, 1000), Description("How many examples there are. Default: 4.")]
    public int Shots { get; init; } = 4;

    public override int JobsOfASeed() => 0;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => study.Sources.Concat(study.Targets).Distinct().Select(model => new StudyPair(null, model));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs) => new(jobs.Model(pair.Target)) { FewShot = jobs.Shots(Shots) };
}
