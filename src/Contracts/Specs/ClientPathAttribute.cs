namespace Ptune.Contracts.Specs;

/// <summary>Marks a location in a spec: a client reads a relative path in it from the spec's own folder, and sends the full path.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClientPathAttribute : Attribute
{
    /// <summary>The full path; null for what is no relative path: an address, a repository of the hub, a full path or the place of uploads.</summary>
    public static string? Full(string location, string folder) =>
        location.Length == 0 || location == IDatasetSpec.Uploads || HubSource.IsHub(location) || location.Contains("://", StringComparison.Ordinal) || location.Any(char.IsControl) || Path.IsPathFullyQualified(location)
            ? null
            : Path.GetFullPath(Path.Combine(folder, location));
}
