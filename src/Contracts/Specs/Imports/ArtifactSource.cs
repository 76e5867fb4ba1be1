using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>A patch in the store that was tuned on another model: it becomes a patch of the import's base, after its tensors have been compared with it.</summary>
[GenerateSerializer, Alias("ptune.ArtifactSource")]
public sealed record ArtifactSource : ImportSource
{
    [Id(0), Description("The patch: name@version, sha256:... or job:...")]
    public required string Artifact { get; init; }
}
