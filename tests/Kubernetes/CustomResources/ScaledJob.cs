namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>The fields of KEDA's ScaledJob that k8s/ uses. Others are refused, so that a misspelt one is.</summary>
internal sealed record ScaledJob
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public V1ObjectMeta Metadata { get; init; } = new();

    public ScaledJobSpec Spec { get; init; } = new();
}
