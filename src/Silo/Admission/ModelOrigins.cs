using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Admission;

/// <summary>What a model was made from, by the manifests in the store: names, which somebody may move, are not asked.</summary>
internal sealed class ModelOrigins(IGrainFactory grains, Manifests manifests)
{
    private const int LongestLineage = 1000;
    private const string Unknown = "unknown";

    /// <summary>The models from outside that a model goes back to. One that was trained from fresh weights goes back to none.</summary>
    /// <param name="reference">A digest or a job of the tenant.</param>
    /// <param name="isKnown">Whether an artifact, a digest, may stand as it is: then it is not asked what it was made from.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<ModelOrigin>> FindAsync(string reference, Func<string, Task<bool>> isKnown, CancellationToken cancellation)
    {
        var (left, seen, found) = (new Queue<string>([reference]), new HashSet<string>(StringComparer.Ordinal), new List<ModelOrigin>());
        while (left.TryDequeue(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!seen.Add(next)) continue;
            if (seen.Count > LongestLineage) return [.. found, new ModelOrigin(next, null)];
            if (InputRef.IsJob(next))
            {
                var job = await grains.GetGrain<IJobGrain>(InputRef.JobId(next)).Get();
                if (job?.Result is { Artifact: { } made }) left.Enqueue(made);
                else Follow(next, job?.Spec, input => input.Reference, licence: null);
                continue;
            }
            if (await isKnown(next)) continue;
            var manifest = await manifests.ReadAsync(next, cancellation);
            Follow(next, manifest?.Recipe, input => manifest!.Inputs.GetValueOrDefault(input.Role, input.Reference), manifest is null ? null : LicenceOf(manifest));
        }
        return found;

        void Follow(string model, JobSpec? recipe, Func<JobInput, string> referenceOf, string? licence)
        {
            var made = recipe?.Inputs().Where(input => input.Kind == ArtifactKind.Model).Select(referenceOf).ToArray() ?? [];
            if (made.Length == 0 && recipe is not PretrainingSpec) found.Add(new ModelOrigin(model, licence));
            foreach (var input in made) left.Enqueue(input);
        }
    }

    /// <summary>An import says which licence it was told to record where the card has none; what the card says wins, so another one that was recorded is the card's.</summary>
    private static string? LicenceOf(ArtifactManifest manifest) =>
        manifest.Attributes.GetValueOrDefault(AttributeNames.Licence) is { } licence && licence != Unknown && (manifest.Recipe as ImportSpec)?.Licence != licence ? licence : null;
}
