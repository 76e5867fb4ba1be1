namespace Ptune.Contracts.Specs;

/// <summary>The source's output layer is tuned.</summary>
[GenerateSerializer, Alias("ptune.HeadStudyMethod")]
public sealed record HeadStudyMethod : TunedStudyMethod
{
    protected override TuningMethod Tuning() => new HeadMethod();
}
