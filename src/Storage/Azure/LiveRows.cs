using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>
/// The rows of jobs that are not final, as this process has last written them: the next change of such a job need not look first. What is remembered
/// wrongly (another silo went on) costs a refused transaction, never a wrong row, since the ETag guards it.
/// </summary>
internal sealed class LiveRows
{
    // A row has some twenty properties: a few megabytes.
    private const int Most = 4096;

    // Submitted, and queued at once: a row of such a version is a job's first.
    private const long FirstVersions = 2;

    private readonly ConcurrentDictionary<string, TableEntity> _rows = new(StringComparer.Ordinal);

    public Guess? Guess(JobRow row)
    {
        if (_rows.TryGetValue(row.JobId, out var known)) return new Guess(known);
        return row.Version <= FirstVersions ? new Guess(null) : null;
    }

    public void Remember(JobRow row, TableEntity? standing)
    {
        if (row.Status.IsFinal || standing is null || standing.ETag == default(ETag))
        {
            _rows.TryRemove(row.JobId, out _);
            return;
        }
        // Rather anew than by age: it is refilled as jobs go on.
        if (_rows.Count >= Most) _rows.Clear();
        _rows[row.JobId] = standing;
    }
}
