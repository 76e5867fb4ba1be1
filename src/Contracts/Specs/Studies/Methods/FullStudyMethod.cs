namespace Ptune.Contracts.Specs;

/// <summary>All weights of the source are tuned.</summary>
[GenerateSerializer, Alias("ptune.FullStudyMethod")]
public sealed record FullStudyMethod : TunedStudyMethod
{
    protected override TuningMethod Tuning() => new FullMethod();
}
