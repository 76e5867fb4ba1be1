using Ptune.Contracts.Audit;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Audit;

/// <summary>One chain of the audit trail in a silo.</summary>
public sealed class AuditChainTests
{
    private static readonly AuditStamp s_ann = new("ann", null, null, null, "r");

    [Fact]
    public async Task Append_WhileAWriteIsUnderWay_SharesTheNextOne()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        cluster.Audit.BeforeWrite = () =>
        {
            begun.TrySetResult();
            return go.Task;
        };
        var first = Chain(cluster).Append(Entry("first"));
        await begun.Task;
        var others = Enumerable.Range(0, 80).Select(i => Chain(cluster).Append(Entry($"other {i}"))).ToArray();
        // Most have arrived when this is answered; how many depends on the machine.
        await Chain(cluster).Chains();
        go.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal(81, cluster.Audit.Rows("red").Length);
        Assert.InRange(cluster.Audit.Writes, 2, 80);
    }

    [Fact]
    public async Task Head_AfterTheGrainWasForgotten_FollowsItsRows()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await Chain(cluster).Append(Entry("a"));
        // As after a crash between the row and its head: the store has a row that the head does not know.
        cluster.Storage.Fault = (_, state) => state is Grains.Audit.AuditChainState { Sequence: 2 } ? StorageFault.BeforeWrite : StorageFault.None;
        await Chain(cluster).Append(Entry("b"));
        await cluster.ForgetAsync(Chain(cluster));
        cluster.Storage.Fault = (_, _) => StorageFault.None;
        await Chain(cluster).Append(Entry("c"));
        var rows = cluster.Audit.Rows("red");
        Assert.Equal(["a", "b", "c"], rows.Select(r => r.Key));
        Assert.Equal(rows[1].Digest, AuditText.Read(rows[2]).Previous);
        Assert.Equal(new AuditHead("red", 3, rows[2].Digest, 1, ""), await Chain(cluster).Head());
        Assert.Equal(["red"], await cluster.Grains.GetGrain<IAuditChainGrain>(AuditChains.System).Chains());
    }

    [Fact]
    public async Task Prune_OldRows_RecordsWhereTheChainBegins()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        foreach (var key in new[] { "a", "b", "c" })
        {
            await Chain(cluster).Append(Entry(key));
            cluster.Time.Advance(TimeSpan.FromHours(1));
        }
        var before = cluster.Audit.Rows("red");
        Assert.Equal(2, await Chain(cluster).Prune(cluster.Time.GetUtcNow() - TimeSpan.FromMinutes(90)));
        Assert.Equal(0, await Chain(cluster).Prune(cluster.Time.GetUtcNow() - TimeSpan.FromMinutes(90)));
        var rows = cluster.Audit.Rows("red");
        Assert.Equal(["c", "prune:2"], rows.Select(r => r.Key));
        var head = await Chain(cluster).Head();
        Assert.Equal((3, before[1].Digest, 4), (head.Start, head.Before, head.Sequence));
        Assert.Equal(head.Before, AuditText.Read(rows[0]).Previous);
    }

    [Fact]
    public async Task Append_HostileTexts_AreCutAndCleaned()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await Chain(cluster).Append(Entry("a") with { Target = new string('x', 100_000) + "\ud800", Before = "\u001b[2J\n\ud800 <script>" });
        var row = AuditText.Read(Assert.Single(cluster.Audit.Rows("red")));
        Assert.InRange(row.Target.Length, 1000, 3000);
        Assert.Equal(" [2J \ufffd <script>", row.Before);
    }

    /// <summary>A store that takes several writes in their order: one that fails leaves no gap, and what was behind it is written all the same.</summary>
    [Fact]
    public async Task Append_SeveralWritesUnderWay_OneFails_TheChainHasNoGap()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (begun, go, faults) = (new TaskCompletionSource(), new TaskCompletionSource(), new Queue<StorageFault>([StorageFault.BeforeWrite, StorageFault.None, StorageFault.None, StorageFault.AfterWrite]));
        cluster.Audit.AtOnce = 4;
        cluster.Audit.BeforeWrite = () =>
        {
            begun.TrySetResult();
            return go.Task;
        };
        cluster.Audit.Fault = () => faults.TryDequeue(out var fault) ? fault : StorageFault.None;
        var first = Chain(cluster).Append(Entry("fails"));
        await begun.Task;
        var others = new List<Task>();
        for (var i = 0; i < 30; i++)
        {
            others.Add(Chain(cluster).Append(Entry($"other {i}")));
            // So that it is not all one group.
            if (i % 10 == 0) await Chain(cluster).Chains();
        }
        go.SetResult();
        await Assert.ThrowsAsync<AuditUnavailableException>(() => first);
        await Task.WhenAll(others).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        // What was refused is asked for once more, as an outbox does.
        await Chain(cluster).Append(Entry("fails"));
        for (var i = 0; i < 30; i++) await Chain(cluster).Append(Entry($"other {i}"));

        var rows = cluster.Audit.Rows("red");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"other {i}").Append("fails").Order(StringComparer.Ordinal), rows.Select(r => r.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 31).Select(i => (long)i), rows.Select(r => r.Sequence));
        Assert.All(rows.Skip(1).Zip(rows), pair => Assert.Equal(pair.Second.Digest, AuditText.Read(pair.First).Previous));
        Assert.Equal(31, (await Chain(cluster).Head()).Sequence);
    }

    private static IAuditChainGrain Chain(PtuneCluster cluster) => cluster.Grains.GetGrain<IAuditChainGrain>("red");

    private static AuditEntry Entry(string key) => new(key, Sample.Noon, s_ann, "job.cancel", "a job");
}
