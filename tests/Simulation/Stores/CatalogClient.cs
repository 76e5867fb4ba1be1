using System.Runtime.CompilerServices;
using Ptune.Contracts.Stores;
using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>The catalog as one machine reaches it.</summary>
internal sealed class CatalogClient(Catalog catalog, Machine machine) : ICatalog
{
    private const double Fault = 0.03;

    public Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default) => StoreTrip.GoAsync<bool>(machine, Fault, done =>
    {
        machine.World.Promises.Told(row);
        try
        {
            var isWritten = catalog.Put(row, isPermitFree: machine.World.Protocol == Protocol.WithoutPermits);
            done(() => isWritten);
        }
        catch (PermitTakenException taken)
        {
            done(() => throw taken);
        }
    });

    public Task RemoveAsync(JobRow row, CancellationToken cancellation = default) => DoAsync(() => catalog.Remove(row));

    public Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default) =>
        machine.World.Protocol == Protocol.WithoutNotes ? Task.CompletedTask : DoAsync(() => catalog.Expect(expected));

    public Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default) => DoAsync(() => catalog.Settle(expected));

    public async IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => catalog.Expected.Values.Where(r => r.At <= until).ToArray())) yield return row;
    }

    public Task PutAsync(ArtifactRow row, CancellationToken cancellation = default) => DoAsync(() => catalog.Artifacts.TryAdd(row.Digest, row));

    public Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) => DoAsync(() => catalog.Artifacts.Remove(digest));

    public Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default) =>
        DoAsync(() => catalog.Put(row, isKeyFree: machine.World.Protocol == Protocol.DeviceTimeWithoutKeys));

    public Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default) =>
        GetAsync(() => new TimeSpan(catalog.DeviceTime.Where(r => r.Month == month).Sum(r => r.Held.Ticks)));

    public Task PutAsync(AliasRow row, CancellationToken cancellation = default) => DoAsync(() => catalog.Put(row));

    public Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default) => GetAsync(() => catalog.Jobs.GetValueOrDefault(jobId));

    public Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) =>
        GetAsync(() => catalog.Artifacts.GetValueOrDefault(digest));

    public async IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => catalog.Query(query))) yield return row;
    }

    public async IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => catalog.Artifacts.Values.ToArray())) yield return row;
    }

    public async IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => catalog.Aliases.Values.Where(r => r.Digest.Length > 0).ToArray())) yield return row;
    }

    private Task DoAsync(Action act) => StoreTrip.GoAsync<bool>(machine, Fault, done =>
    {
        act();
        done(() => true);
    });

    private Task<T> GetAsync<T>(Func<T> read) => StoreTrip.GoAsync<T>(machine, Fault, done =>
    {
        var value = read();
        done(() => value);
    });
}
