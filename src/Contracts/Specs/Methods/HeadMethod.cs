namespace Ptune.Contracts.Specs;

/// <summary>The output layer alone.</summary>
[GenerateSerializer, Alias("ptune.HeadMethod")]
public sealed record HeadMethod : TuningMethod
{
    public override ArtifactKind Makes() => ArtifactKind.Model;
}
