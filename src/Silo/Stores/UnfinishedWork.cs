using System.Runtime.CompilerServices;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Stores;

/// <summary>The jobs, studies and sweeps that are not final, and those whose submit is under way.</summary>
internal sealed class UnfinishedWork(ICatalog catalog, IGrainFactory grains, TimeProvider time)
{
    private const int AtOnce = 64;

    // A job's spec holds the digests themselves.
    private static readonly Dictionary<string, string> s_nothing = [];

    /// <param name="tenant">Only this tenant's; null: all tenants'.</param>
    /// <param name="cancellation">Stops between two groups of them.</param>
    public async IAsyncEnumerable<UnfinishedItem> ListAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Notes first: one that is not there any more has a row.
        var notes = catalog.ListExpectedAsync(null, time.GetUtcNow(), cancellation)
            .Where(note => tenant is null || JobIds.Tenant(note.JobId) == tenant).Select(note => (note.JobId, note.Kind, IsNoted: true));
        var rows = catalog.QueryAsync(new JobQuery { Tenant = tenant, Statuses = JobStatusExtensions.NotFinal, IsUnordered = true }, cancellation).Select(row => (row.JobId, row.Kind, IsNoted: false));
        await foreach (var some in notes.Concat(rows).Where(row => seen.Add(row.JobId)).Chunk(AtOnce).WithCancellation(cancellation))
        {
            foreach (var item in await Task.WhenAll(some.Select(row => FindAsync(row.JobId, row.Kind, row.IsNoted))))
            {
                if (item is not null) yield return item;
            }
        }
    }

    /// <param name="isNoted">Its state may be on its way to the store: a sweep takes its turn after that.</param>
    private async Task<UnfinishedItem?> FindAsync(string id, string kind, bool isNoted)
    {
        if (isNoted) await SweepAsync(id, kind);
        if (kind == SpecKinds.Study)
            return await grains.GetGrain<IStudyGrain>(id).Get() is { Status.IsFinal: false } study ? new UnfinishedItem(id, "study", study.Name, (Spec)study.Spec, Jobs(study), study.Resolved) : null;
        if (kind == SpecKinds.Sweep)
            return await grains.GetGrain<ISweepGrain>(id).Get() is { Status.IsFinal: false } sweep ? new UnfinishedItem(id, "sweep", sweep.Name, sweep.Spec, Jobs(sweep), sweep.Resolved) : null;
        return await grains.GetGrain<IJobGrain>(id).Get() is { Status.IsFinal: false } job ? new UnfinishedItem(id, "job", job.Name, job.Spec, [], s_nothing) : null;
    }

    private Task SweepAsync(string id, string kind) =>
        kind == SpecKinds.Study ? grains.GetGrain<IStudyGrain>(id).Sweep()
        : kind == SpecKinds.Sweep ? grains.GetGrain<ISweepGrain>(id).Sweep()
        : grains.GetGrain<IJobGrain>(id).Sweep();

    private static string[] Jobs(IGraphView graph) => [.. graph.Cells.Select(cell => cell.JobId)];
}
