using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Protocol;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>Stores what a run made, and says what it is.</summary>
internal sealed class ResultWriter(ArtifactStore artifacts)
{
    private readonly LambdaCheck _lambda = new(artifacts);

    /// <exception cref="AttemptException">A figure is no finite number.</exception>
    /// <exception cref="IOException">The store is full or cannot be written.</exception>
    public async Task<JobResult> WriteAsync(Lease lease, ArtifactDraft draft, TimeSpan took, CancellationToken cancellation)
    {
        RequireFinite(draft);
        var manifest = new ArtifactManifest
        {
            Kind = draft.Kind,
            JobId = lease.JobId,
            Files = [],
            OutputSpace = draft.OutputSpace,
            Labels = draft.Labels,
            Data = draft.Attributes.GetValueOrDefault(AttributeNames.Data),
            Inputs = lease.Inputs,
            Recipe = lease.Spec,
            Metrics = draft.Metrics,
            Attributes = draft.Attributes,
        };
        var stored = await artifacts.PutAsync(draft.Folder, manifest, cancellation);
        var warning = await _lambda.WarningAsync(lease.Spec, lease.Inputs, cancellation);
        return new JobResult
        {
            Artifact = stored.Digest,
            Metrics = draft.Metrics,
            Measurements = draft.Measurements,
            Curve = draft.Curve,
            Environment = draft.Environment,
            Seconds = took.TotalSeconds,
            ResumedElsewhere = draft.ResumedElsewhere,
            Attributes = warning is null ? draft.Attributes : new(draft.Attributes) { [AttributeNames.Warning] = warning },
            ArtifactBytes = stored.Bytes,
            OutputSpace = draft.OutputSpace,
            Kind = draft.Kind,
        };
    }

    private static void RequireFinite(ArtifactDraft draft)
    {
        foreach (var point in draft.Curve)
        {
            if (!double.IsFinite(point.Loss))
                throw new AttemptException(FailureCause.Invalid, $"The training diverged: its loss is {point.Loss} at step {point.Step}. Lower recipe.learningRate or raise recipe.warmup.");
        }
        foreach (var (name, value) in draft.Metrics.Concat(draft.Measurements))
        {
            if (!double.IsFinite(value)) throw new AttemptException(FailureCause.Invalid, $"The figure '{name}' is not finite: {value}.");
        }
    }
}
