using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage;

namespace Ptune.ConsoleTimes.Bench;

/// <summary>A store with many finished jobs: rows of the catalog, as jobs leave them.</summary>
internal static class Store
{
    private const int AtOnce = 256;

    public static async Task FillAsync(string folder, int jobs)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddEmbeddedStorage(folder);
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<ICatalog>();
        var now = DateTimeOffset.UtcNow;
        var random = new Random(1);
        foreach (var some in Enumerable.Range(0, jobs).Chunk(AtOnce)) await Task.WhenAll(some.Select(i => catalog.PutAsync(Row(i, jobs, now, random.Next(100)))));
    }

    /// <summary>Over the last two weeks; 3 in 100 failed and 2 were cancelled.</summary>
    private static JobRow Row(int number, int jobs, DateTimeOffset now, int luck)
    {
        var created = now - TimeSpan.FromDays(14) * ((double)(jobs - number) / jobs);
        var status = luck < 3 ? JobStatus.Failed : luck < 5 ? JobStatus.Cancelled : JobStatus.Succeeded;
        return new JobRow($"{JobIds.DefaultTenant}.{Digest.Hex(Digest.Of($"job {number}"))[..32]}", JobIds.DefaultTenant, "default", "Evaluation", $"evaluation {number}", status, 100, created, created + TimeSpan.FromMinutes(2), 5);
    }
}
