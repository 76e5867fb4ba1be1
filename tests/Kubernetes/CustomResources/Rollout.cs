namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>What happens to running jobs when the ScaledJob changes.</summary>
internal sealed record Rollout
{
    public string? Strategy { get; init; }
}
