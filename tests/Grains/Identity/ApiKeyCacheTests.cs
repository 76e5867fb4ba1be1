using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Identity;

/// <summary>Keys on two silos, whose clock stands still: nothing is forgotten by age.</summary>
public sealed class ApiKeyCacheTests
{
    [Fact]
    public async Task Revoke_IsSeenByAllSilosAtOnce()
    {
        await using var cluster = await PtuneCluster.StartAsync(silos: 2);
        var text = await NewAsync(cluster);
        ApiKeyCache[] caches = [.. cluster.Orleans.Silos.Select(silo => Services(cluster, silo.SiloAddress).GetRequiredService<ApiKeyCache>())];
        Assert.Equal(2, caches.Length);
        foreach (var cache in caches) Assert.Null((await cache.FindAsync(text))!.Revoked);
        foreach (var cache in caches) Assert.Null(await cache.FindAsync(text with { Secret = "another" }));

        var revoked = await Services(cluster, cluster.Orleans.Silos[0].SiloAddress).GetRequiredService<ApiKeyRevocation>().RevokeAsync(text.Id, "bob");

        Assert.Equal("bob", revoked!.RevokedBy);
        foreach (var cache in caches) Assert.NotNull((await cache.FindAsync(text))!.Revoked);
    }

    [Fact]
    public async Task Silo_ThatWasNotTold_FindsOutWhenTheLifetimeIsOver()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var text = await NewAsync(cluster);
        var cache = Services(cluster, cluster.Orleans.Silos[0].SiloAddress).GetRequiredService<ApiKeyCache>();
        await cache.FindAsync(text);
        await cluster.Grains.GetGrain<IApiKeyGrain>(text.Id).Revoke("bob");

        cluster.Time.Advance(ApiKeyCache.Lifetime - TimeSpan.FromTicks(1));
        Assert.Null((await cache.FindAsync(text))!.Revoked);
        cluster.Time.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull((await cache.FindAsync(text))!.Revoked);
    }

    private static IServiceProvider Services(PtuneCluster cluster, Orleans.Runtime.SiloAddress silo) => cluster.Orleans.GetSiloServiceProvider(silo);

    private static async Task<ApiKeyText> NewAsync(PtuneCluster cluster)
    {
        var text = ApiKeyText.New();
        Assert.NotNull(await cluster.Grains.GetGrain<IApiKeyGrain>(text.Id).Create(new ApiKeyCreation(text.Hash(), "ann", "red", Role.Viewer, null, "boss")));
        return text;
    }
}
