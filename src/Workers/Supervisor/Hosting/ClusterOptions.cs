namespace Ptune.Supervisor.Hosting;

/// <summary>Which cluster the worker belongs to: the same two names as its silos'. From configuration, section <c>Orleans</c>.</summary>
internal sealed record ClusterOptions
{
    public const string Section = "Orleans";

    /// <summary>The running set of silos. Default: ptune.</summary>
    public string ClusterId { get; init; } = "ptune";

    /// <summary>The service whose state they share, over all their versions. Default: ptune.</summary>
    public string ServiceId { get; init; } = "ptune";

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(ClusterId)) yield return $"{Section}:{nameof(ClusterId)} is empty; use the silos'.";
        if (string.IsNullOrWhiteSpace(ServiceId)) yield return $"{Section}:{nameof(ServiceId)} is empty; use the silos'.";
    }
}
