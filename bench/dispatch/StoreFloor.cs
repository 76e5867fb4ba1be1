using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Ptune.Fixtures.Servers;

namespace Ptune.Dispatch.Bench;

/// <summary>What the store itself takes for a row, one by one and many in a transaction, and for a small blob: no way of a job that leaves rows and blobs is shorter.</summary>
internal static class StoreFloor
{
    private const int Rows = 2000;
    private const int Blobs = 200;
    private static readonly int[] s_sizes = [1, 10, 100];

    public static async Task ReportAsync(AzuriteServer azurite)
    {
        var table = new TableClient(azurite.ConnectionString, "floor");
        await table.CreateAsync();
        var container = new BlobContainerClient(azurite.ConnectionString, "floor");
        await container.CreateAsync();
        await WriteAsync(table, 1, 50);
        foreach (var size in s_sizes)
        {
            var (elapsed, used) = await TimeAsync(azurite, () => WriteAsync(table, size, Rows / size));
            Console.WriteLine($"  the store by itself, {size,3} rows a transaction: {elapsed / Rows:F2} ms a row, of it {used / Rows:F2} ms its processor time");
        }
        var (took, cost) = await TimeAsync(azurite, () => PutAsync(container, Blobs));
        Console.WriteLine($"  the store by itself, a blob of 1 kB: {took / Blobs:F2} ms, of it {cost / Blobs:F2} ms its processor time");
    }

    private static async Task<(double Elapsed, double Used)> TimeAsync(AzuriteServer azurite, Func<Task> act)
    {
        using var process = Process.GetProcessById(azurite.ProcessId);
        var (before, begin) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await act();
        var elapsed = Stopwatch.GetElapsedTime(begin);
        process.Refresh();
        return (elapsed.TotalMilliseconds, (process.TotalProcessorTime - before).TotalMilliseconds);
    }

    /// <summary>Rows of about a job's size.</summary>
    private static async Task WriteAsync(TableClient table, int size, int transactions)
    {
        for (var i = 0; i < transactions; i++) await table.SubmitTransactionAsync(Enumerable.Range(0, size).Select(_ => new TableTransactionAction(TableTransactionActionType.Add, Row())));
    }

    private static TableEntity Row()
    {
        var row = new TableEntity("tenant", Guid.NewGuid().ToString("N")) { ["State"] = new string('x', 1000) };
        for (var i = 0; i < 10; i++) row[$"Column{i}"] = (long)i;
        return row;
    }

    private static async Task PutAsync(BlobContainerClient container, int blobs)
    {
        var content = new BinaryData(new byte[1000]);
        for (var i = 0; i < blobs; i++) await container.UploadBlobAsync(Guid.NewGuid().ToString("N"), content);
    }
}
