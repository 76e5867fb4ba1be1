namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>See https://keda.sh/docs/latest/reference/scaledjob-spec/.</summary>
internal sealed record ScaledJobSpec
{
    public V1JobSpec JobTargetRef { get; init; } = new();

    public int? PollingInterval { get; init; }

    public int? MinReplicaCount { get; init; }

    public int? MaxReplicaCount { get; init; }

    public int? SuccessfulJobsHistoryLimit { get; init; }

    public int? FailedJobsHistoryLimit { get; init; }

    public Rollout Rollout { get; init; } = new();

    public ScalingStrategy ScalingStrategy { get; init; } = new();

    public IList<ScaleTriggers> Triggers { get; init; } = [];
}
