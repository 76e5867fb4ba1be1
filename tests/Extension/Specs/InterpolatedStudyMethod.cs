using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs;

namespace Ptune.Fixtures.Extension;

/// <summary>The source, part of the way to where tuning takes it: source + share (tuned - source) (WiSE-FT, arXiv 2109.01903).</summary>
[GenerateSerializer, Alias("ptune.tests.InterpolatedStudyMethod")]
public sealed record InterpolatedStudyMethod : StudyMethod
{
    [Id(0), Range(0, 1), Description("How much of the way. Default: 0.5.")]
    public double Share { get; init; } = 0.5;

    public override int JobsOfASeed() => 2;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => study.Sources.Select(source => new StudyPair(source, source));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var tuned = jobs.Tune(pair.Target, new FullMethod(), null);
        return new(jobs.Merge(pair.Target, null, new WeightDifference { Tuned = tuned, Source = jobs.Model(pair.Target), Weight = Share }), null, tuned);
    }
}
