namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>The Authorization header of a scrape, from a Secret.</summary>
internal sealed record SafeAuthorization
{
    public string? Type { get; init; }

    public V1SecretKeySelector? Credentials { get; init; }
}
