namespace Ptune.WebConsole.Sources;

/// <summary>From what somebody typed to a job, study or sweep.</summary>
public interface IItemFinder
{
    /// <summary>The whole id; null: there is none, or there are several.</summary>
    Task<string?> JobAsync(string tenant, string typed, CancellationToken cancellation);

    /// <inheritdoc cref="JobAsync"/>
    Task<string?> StudyAsync(string tenant, string typed, CancellationToken cancellation);

    /// <inheritdoc cref="JobAsync"/>
    Task<string?> SweepAsync(string tenant, string typed, CancellationToken cancellation);
}
