namespace Ptune.Contracts.Specs;

/// <summary>All weights.</summary>
[GenerateSerializer, Alias("ptune.FullMethod")]
public sealed record FullMethod : TuningMethod
{
    public override ArtifactKind Makes() => ArtifactKind.Model;
}
