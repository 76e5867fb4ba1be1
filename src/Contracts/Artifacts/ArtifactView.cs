namespace Ptune.Contracts.Artifacts;

/// <summary>An artifact as the registry shows it.</summary>
[GenerateSerializer, Alias("ptune.ArtifactView")]
public sealed record ArtifactView(string Digest, ArtifactManifest Manifest, string[] Aliases, long Bytes, DateTimeOffset Created)
{
    /// <summary>The tenant that it belongs to.</summary>
    [Id(0)] public string? Owner { get; init; }

    /// <summary>The tenants that may use it, too; "all" for all. Empty for whoever is no owner.</summary>
    [Id(1)] public string[] SharedWith { get; init; } = [];
}
