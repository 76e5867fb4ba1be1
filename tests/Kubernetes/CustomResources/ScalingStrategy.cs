namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>How KEDA counts the jobs that are missing.</summary>
internal sealed record ScalingStrategy
{
    public string? Strategy { get; init; }
}
