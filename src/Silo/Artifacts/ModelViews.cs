using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Artifacts;

/// <summary>What is told of a named model, patch or reward.</summary>
internal sealed class ModelViews(Manifests manifests)
{
    /// <summary>How far a model's lineage is followed to its architecture.</summary>
    private const int LongestLineage = 16;

    private const string Base = "base";

    public async Task<ModelView> OfAsync(AliasRow alias, ArtifactRow row, CancellationToken cancellation)
    {
        var manifest = await manifests.ReadAsync(row.Digest, cancellation);
        return new ModelView(
            alias.Alias, alias.Digest, await InheritedAsync(manifest, Architecture, cancellation), manifest?.OutputSpace ?? row.OutputSpace, manifest?.Labels?.Length ?? 0, row.JobId, row.Bytes, alias.Updated,
            await InheritedAsync(manifest, Family, cancellation),
            Number(manifest, MetricNames.Parameters),
            Text(manifest, AttributeNames.Dtype),
            Number(manifest, MetricNames.Vocabulary),
            manifest?.Context(),
            Text(manifest, AttributeNames.Licence),
            manifest?.Inputs.GetValueOrDefault(Base),
            row.IsOwn() ? null : row.Owner());
    }

    private static string? Text(ArtifactManifest? manifest, string name) => manifest?.Attributes.GetValueOrDefault(name);

    private static long? Number(ArtifactManifest? manifest, string name) => manifest is not null && manifest.Metrics.TryGetValue(name, out var value) ? (long)value : null;

    /// <summary>The architecture's kind as the executor recorded it, or as the pretraining at the root of the lineage asks for it.</summary>
    private static string? Architecture(ArtifactManifest manifest) =>
        Text(manifest, AttributeNames.Architecture) ?? (manifest.Recipe is PretrainingSpec pretraining ? Variants.As(pretraining.Architecture.GetType())?.Word : null);

    private static string? Family(ArtifactManifest manifest) => Text(manifest, AttributeNames.Family);

    /// <summary>What the artifact says, or else its base, or the base of that: an imported patch says nothing of the model that it is for.</summary>
    private async Task<string?> InheritedAsync(ArtifactManifest? manifest, Func<ArtifactManifest, string?> told, CancellationToken cancellation)
    {
        for (var i = 0; i < LongestLineage && manifest is not null; i++)
        {
            if (told(manifest) is { } found) return found;
            manifest = manifest.Inputs.TryGetValue(Base, out var digest) ? await manifests.ReadAsync(digest, cancellation) : null;
        }
        return null;
    }
}
