namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>Which Services are scraped, and how.</summary>
internal sealed record ServiceMonitorSpec
{
    public V1LabelSelector Selector { get; init; } = new();

    public IList<Endpoint> Endpoints { get; init; } = [];
}
