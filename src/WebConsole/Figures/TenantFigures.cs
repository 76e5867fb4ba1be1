using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Figures;

/// <summary>A tenant's jobs in numbers.</summary>
public sealed class TenantFigures
{
    public const int Hours = 24;

    /// <summary>Failures whose causes are looked up.</summary>
    public const int MostFailures = 50;

    public const int MostHeads = 3;

    public Dictionary<JobStatus, int> Counts { get; } = [];

    /// <summary>Jobs that succeeded, by hours ago; 0 is the hour that is not over yet.</summary>
    public int[] Succeeded { get; } = new int[Hours];

    public int[] Failed { get; } = new int[Hours];

    /// <summary>Of the last <see cref="Hours"/>, the newest ones.</summary>
    public PriorityQueue<JobRow, DateTimeOffset> Failures { get; } = new();

    /// <summary>By pool, those that were queued with the highest priority, the oldest first.</summary>
    public Dictionary<string, List<JobRow>> Heads { get; } = [];

    public void Add(JobRow row, DateTimeOffset now)
    {
        Counts[row.Status] = Counts.GetValueOrDefault(row.Status) + 1;
        if (row.Status == JobStatus.Queued) AddHead(row);
        var hours = (int)Math.Max(0, (now - row.Updated).TotalHours);
        if (hours >= Hours) return;
        if (row.Status == JobStatus.Succeeded) Succeeded[hours]++;
        if (row.Status != JobStatus.Failed) return;
        Failed[hours]++;
        Failures.Enqueue(row, row.Updated);
        if (Failures.Count > MostFailures) Failures.Dequeue();
    }

    private void AddHead(JobRow row)
    {
        if (!Heads.TryGetValue(row.Pool, out var heads)) Heads[row.Pool] = heads = new(MostHeads + 1);
        var at = heads.FindIndex(other => row.Priority > other.Priority || (row.Priority == other.Priority && row.Created < other.Created));
        heads.Insert(at < 0 ? heads.Count : at, row);
        if (heads.Count > MostHeads) heads.RemoveAt(MostHeads);
    }
}
