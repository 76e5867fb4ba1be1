using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs;

namespace Ptune.Fixtures.Extension;

/// <summary>The share of texts of which a model needs few bits for a byte.</summary>
[GenerateSerializer, Alias("ptune.tests.KnownTextsStudyTask")]
public sealed record KnownTextsStudyTask : StudyTask
{
    [Id(0), Range(0, 100), Description("So many bits are few.")]
    public required double Bits { get; init; }

    public override TaskSpec Judged() => new KnownTextsTask { Bits = Bits };

    public override string Metric() => "known";

    public override bool IsLessBetter() => false;
}
