namespace Ptune.Workers.Tests.Hub;

/// <summary>What the hub was asked.</summary>
/// <param name="Target">Path and query as they were sent.</param>
internal sealed record HubRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("range");

    public string? Authorization => Headers.GetValueOrDefault("authorization");

    public bool IsListing => Target.StartsWith("/api/", StringComparison.Ordinal);

    public bool IsFor(string path) => Target.EndsWith("/" + path, StringComparison.Ordinal);
}
