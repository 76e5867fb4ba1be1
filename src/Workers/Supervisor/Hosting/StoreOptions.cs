namespace Ptune.Supervisor.Hosting;

/// <summary>Where blobs lie and silos are found. From configuration, section <c>Storage</c>.</summary>
internal sealed record StoreOptions
{
    public const string Section = "Storage";

    /// <summary>An Azure Storage account, or one that speaks like it. Needed. Default: none.</summary>
    public string? ConnectionString { get; init; }

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return $"{Section}:{nameof(ConnectionString)} is missing; give the silos' connection string of Azure Storage. A worker without a cluster needs none: 'ptune server' has its own.";
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
