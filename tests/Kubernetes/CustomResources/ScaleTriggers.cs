namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>What KEDA asks for the number of jobs.</summary>
internal sealed record ScaleTriggers
{
    public string? Type { get; init; }

    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
