namespace Ptune.Supervisor.Hosting;

/// <summary>Where blobs lie and silos are found. From configuration, section <c>Storage</c>.</summary>
internal sealed record StoreOptions
{
    public const string Section = "Storage";

    /// <summary>An Azure Storage account, or one that speaks like it. Needed where no <see cref="ClusterOptions.Gateways"/> are given. Default: none.</summary>
    public string? ConnectionString { get; init; }

    public bool HasAccount => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <param name="hasGateways">Whether silos are found without the account.</param>
    public IEnumerable<string> Problems(bool hasGateways)
    {
        if (!HasAccount)
        {
            if (!hasGateways) yield return $"{Section}:{nameof(ConnectionString)} is missing; give the silos' connection string of Azure Storage, or {ClusterOptions.Section}:{nameof(ClusterOptions.Gateways)}, so that silos issue access. A worker without a cluster needs none: 'ptune server' has its own.";
            yield break;
        }
        if (Mistake() is { } mistake) yield return $"{Section}:{nameof(ConnectionString)} cannot be read: {mistake}";
    }

    private string? Mistake()
    {
        try
        {
            _ = new Azure.Data.Tables.TableServiceClient(ConnectionString);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return e.Message;
        }
    }
}
