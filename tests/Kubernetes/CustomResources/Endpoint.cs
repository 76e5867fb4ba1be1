namespace Ptune.Kubernetes.Tests.CustomResources;

/// <summary>One scraped port.</summary>
internal sealed record Endpoint
{
    public string? Port { get; init; }

    public string? Path { get; init; }

    public string? Interval { get; init; }

    public string? ScrapeTimeout { get; init; }

    public SafeAuthorization? Authorization { get; init; }
}
