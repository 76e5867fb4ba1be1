using System.Collections.Concurrent;
using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>Finds out the sizes of models: from their manifests, or from the specs of the jobs that are to make them. For one plan: each is looked up once.</summary>
/// <param name="manifests">Of the store.</param>
/// <param name="grains">To look for jobs that are not in the plan.</param>
/// <param name="planned">The plan's jobs.</param>
/// <param name="images">To look for the size of images; null: it is not looked for.</param>
internal sealed class KnownModels(Manifests manifests, IGrainFactory grains, IReadOnlyCollection<PlannedJob> planned, ImageSizes? images = null)
{
    // Of models that are made from models.
    private const int LongestLineage = 16;

    private const string Base = "base";
    private const string Source = "source";

    private readonly Dictionary<string, JobSpec> _planned = planned.DistinctBy(job => job.JobId).ToDictionary(job => job.JobId, job => job.Spec);
    private readonly ConcurrentDictionary<string, Task<KnownModel?>> _known = new();

    /// <summary>The model that a job works on; null: none, or not known.</summary>
    public async Task<KnownModel?> UsedAsync(JobSpec job, CancellationToken cancellation) => await UsedAsync(job, 0, cancellation);

    /// <summary>The models beside it, in the order of <see cref="JobModels.Beside"/>.</summary>
    public async Task<IReadOnlyList<KnownModel?>> BesideAsync(JobSpec job, CancellationToken cancellation) =>
        await Task.WhenAll(JobModels.Beside(job).Select(reference => OfAsync(reference, 0, cancellation)));

    private async Task<KnownModel?> UsedAsync(JobSpec job, int depth, CancellationToken cancellation) =>
        JobModels.Used(job, JobModels.Read(job) is { } reference ? await OfAsync(reference, depth, cancellation) : null, await SizeAsync(job, cancellation));

    // Of a fresh model; one that was trained before says the size of its images itself.
    private async Task<(long Height, long Width)?> SizeAsync(JobSpec job, CancellationToken cancellation) =>
        images is not null && job is PretrainingSpec { Continues: null, Data.Dataset: ImageDatasetSpec dataset } ? await images.OfAsync(dataset, cancellation) : null;

    private async Task<KnownModel?> OfAsync(string reference, int depth, CancellationToken cancellation) =>
        depth >= LongestLineage ? null : await _known.GetOrAdd(reference, _ => LookAsync(reference, depth + 1, cancellation));

    private async Task<KnownModel?> LookAsync(string reference, int depth, CancellationToken cancellation)
    {
        if (InputRef.IsDigest(reference)) return await StoredAsync(reference, depth, cancellation);
        if (!InputRef.IsJob(reference)) return null;
        var id = InputRef.JobId(reference);
        if (_planned.TryGetValue(id, out var spec)) return await MadeAsync(spec, depth, cancellation);
        var job = await grains.GetGrain<IJobGrain>(id).Get();
        if (job?.Result is { } result) return await StoredAsync(result.Artifact, depth, cancellation);
        return job is null ? null : await MadeAsync(job.Spec, depth, cancellation);
    }

    private async Task<KnownModel?> MadeAsync(JobSpec spec, int depth, CancellationToken cancellation)
    {
        spec = TextDefaults.Fill(spec);
        return JobModels.Made(spec, await UsedAsync(spec, depth, cancellation), await SizeAsync(spec, cancellation));
    }

    private async Task<KnownModel?> StoredAsync(string digest, int depth, CancellationToken cancellation)
    {
        if (await manifests.ReadAsync(digest, cancellation) is not { } manifest) return null;
        if (ShapeMetrics.Read(manifest.Metrics) is { } shape) return new KnownModel(shape, StoredBytes(manifest));
        // Written before manifests had these figures.
        return manifest.Recipe switch
        {
            PretrainingSpec { Architecture: DecoderSpec decoder } when manifest.Metrics.TryGetValue(MetricNames.Vocabulary, out var vocabulary) =>
                new KnownModel(FreshShapes.Of(decoder, (long)vocabulary), StoredBytes(manifest)),
            // Our own image classifiers: their manifests say the size of the images.
            PretrainingSpec { Architecture: var own, Data.Dataset: ImageDatasetSpec pictures } when Sides(manifest) is var (height, width) && ClassifierShapes.Of(own, height, width, pictures.Labels.Length) is { } classifier =>
                new KnownModel(classifier, StoredBytes(manifest)),
            FineTuningSpec { Method: null or FullMethod or HeadMethod } when manifest.Inputs.TryGetValue(Base, out var older) && await OfAsync(older, depth, cancellation) is { } model =>
                model with { StoredBytes = StoredBytes(manifest) },
            RewardTuningSpec { Method: null or FullMethod, Architecture: null } when manifest.Inputs.TryGetValue(Source, out var source) && await OfAsync(source, depth, cancellation) is { } model =>
                model with { StoredBytes = StoredBytes(manifest) },
            _ => null,
        };
    }

    private static (long Height, long Width)? Sides(ArtifactManifest manifest) =>
        manifest.Attributes.GetValueOrDefault(AttributeNames.InputSize)?.Split('x') is [var height, var width] && long.TryParse(height, CultureInfo.InvariantCulture, out var rows) && long.TryParse(width, CultureInfo.InvariantCulture, out var columns) ? (rows, columns) : null;

    private static int StoredBytes(ArtifactManifest manifest) =>
        manifest.Attributes.GetValueOrDefault(AttributeNames.Dtype) is { } dtype && dtype.Split(',')[0] is "bfloat16" or "float16" ? 2 : 4;
}
