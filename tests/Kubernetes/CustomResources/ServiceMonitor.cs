namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>The fields of the Prometheus operator's ServiceMonitor that k8s/ uses.</summary>
internal sealed record ServiceMonitor
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public V1ObjectMeta Metadata { get; init; } = new();

    public ServiceMonitorSpec Spec { get; init; } = new();
}
