namespace Ptune.WebConsole.Sources;

/// <summary>Tells when something that a page shows has changed. Each stream ends when nothing more can change, or the server stops.</summary>
public interface IChangeSource
{
    /// <summary>The job's version and step, at each change.</summary>
    IAsyncEnumerable<string> JobAsync(string jobId, CancellationToken cancellation);

    IAsyncEnumerable<string> StudyAsync(string studyId, CancellationToken cancellation);

    IAsyncEnumerable<string> SweepAsync(string sweepId, CancellationToken cancellation);

    /// <summary>Changes of queues and workers, looked for every few seconds.</summary>
    IAsyncEnumerable<string> PoolsAsync(CancellationToken cancellation);
}
