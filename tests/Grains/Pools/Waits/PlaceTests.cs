using CsCheck;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Pools.Waits;

public sealed class PlaceTests
{
    [Fact]
    public void Explain_OneTenant_PositionIsTheOneOfTheDrain() => Queued.Some.Sample(jobs =>
    {
        var pool = Queued.Pool().Fill(jobs.Select(j => j with { Tenant = "only" }));
        var positions = jobs.Select(j => (j.JobId, pool.Explain(j.JobId, Sample.Noon)!.Position)).OrderBy(p => p.Position).Select(p => p.JobId).ToArray();
        Assert.Equal(pool.Drain(Queued.Ask()).Select(j => j.JobId), positions);
    });

    [Fact]
    public void Explain_SeveralTenants_PositionIsOffByNoMoreThanOneForEachOther() => Gen.Select(Queued.Some, Gen.Int[1, 6].Select(i => i / 2.0)).Sample((jobs, weight) =>
    {
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { Weight = weight }).Fill(jobs);
        var positions = jobs.ToDictionary(j => j.JobId, j => pool.Explain(j.JobId, Sample.Noon)!.Position);
        var order = pool.Drain(Queued.Ask());
        for (var i = 0; i < order.Count; i++) Assert.InRange(positions[order[i].JobId], i + 1 - 2, i + 1 + 2);
    });

    [Fact]
    public void Explain_AgedJobs_PositionIsTheOneOfTheDrain() => Queued.Some.Sample(jobs =>
    {
        var now = Sample.Noon.AddMinutes(500);
        var pool = Queued.Pool().Fill(jobs.Select((j, i) => j with { Tenant = "only", Priority = j.Priority / 10, Created = Sample.Noon.AddMinutes(i * 12) }));
        var positions = jobs.Select(j => (j.JobId, pool.Explain(j.JobId, now)!.Position)).OrderBy(p => p.Position).Select(p => p.JobId).ToArray();
        Assert.Equal(pool.Drain(Queued.Ask(), now).Select(j => j.JobId), positions);
    });
}
