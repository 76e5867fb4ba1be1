using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>
/// An artifact is removed while somebody begins to need it. Who removes it takes its row away, and then looks for names, for notes of submits, and for rows, in this order; the four steps fall
/// between the store's calls of the other in every way there is.
/// </summary>
public sealed class RemovalWayTests
{
    private static readonly DataSpec s_data = new() { Dataset = Sample.Dataset, Split = Split.Tuning, Count = 100 };

    [Fact]
    public async Task Submit_InputIsBeingRemoved_OneSeesTheOther()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("artifact", "other");
        var outcomes = new HashSet<(JobStatus, bool)>();
        for (var count = 1; Orders(calls: 3).ElementAtOrDefault(count - 1) is { } order; count++)
        {
            var spec = new ScoringSpec { Name = "score", Data = s_data with { Count = count }, Subject = Sample.Digest() };
            var removal = new Removal(cluster, Sample.Digest(), Sample.Id(spec), alias: null, order);
            var job = await removal.DuringAsync(() => cluster.SubmitAsync(spec));
            var isSeen = removal.HasSeenJob && !(await cluster.Job(job.JobId).Get())!.Status.IsFinal;
            Assert.True(isSeen || job.Status == JobStatus.Failed, $"{removal}: the job is {job.Status}, and its input is removed.");
            if (job.Status == JobStatus.Failed) Assert.Contains($"input subject: the artifact {Sample.Digest()} was removed", job.Message, StringComparison.Ordinal);
            outcomes.Add((job.Status, isSeen));
            cluster.Catalog.Have("artifact");
        }
        // The removal before the submit, and the submit before the removal.
        Assert.Superset(new HashSet<(JobStatus, bool)> { (JobStatus.Failed, false), (JobStatus.Queued, true) }, outcomes);
    }

    [Fact]
    public async Task Retry_InputWasRemoved_FailsAgainAndSaysWhy()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("artifact");
        var spec = new ScoringSpec { Name = "score", Data = s_data, Subject = Sample.Digest() };
        await cluster.SubmitAsync(spec);
        await cluster.Job(Sample.Id(spec)).Cancel(asker: null);
        cluster.Catalog.Artifacts.Clear();
        var job = (await cluster.Job(Sample.Id(spec)).Retry())!;
        Assert.Equal((JobStatus.Failed, FailureCause.Dependency), (job.Status, job.Cause!.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other")]
    public async Task Set_ArtifactIsBeingRemoved_OneSeesTheOther(string? before)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("artifact", "other");
        var outcomes = new HashSet<(NameOutcome, bool)>();
        var version = 0;
        foreach (var order in Orders(calls: 2))
        {
            var registry = cluster.Grains.GetGrain<IRegistryGrain>("default/vit");
            var (alias, former) = ($"v{++version}", before is null ? null : Sample.Digest(before));
            if (former is not null) await registry.Set(alias, former, move: false, by: null);
            var removal = new Removal(cluster, Sample.Digest(), jobId: null, $"vit@{alias}", order);
            var reply = await removal.DuringAsync(() => registry.Set(alias, Sample.Digest(), move: true, by: null));
            var stands = await registry.Resolve(alias);
            Assert.Equal(reply.Outcome == NameOutcome.Set ? Sample.Digest() : former, stands);
            Assert.True(removal.HasSeenName || stands == former, $"{removal}: the name stands for what is removed.");
            outcomes.Add((reply.Outcome, removal.HasSeenName));
            cluster.Catalog.Have("artifact");
        }
        Assert.Superset(new HashSet<(NameOutcome, bool)> { (NameOutcome.Removed, false), (NameOutcome.Set, true) }, outcomes);
    }

    [Fact]
    public async Task Set_BothAreRemoved_TheNameIsGone()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("artifact", "other");
        var registry = cluster.Grains.GetGrain<IRegistryGrain>("default/vit");
        await registry.Set("v1", Sample.Digest("other"), move: false, by: null);
        cluster.Catalog.Artifacts.Clear();
        Assert.Equal(NameOutcome.Removed, (await registry.Set("v1", Sample.Digest(), move: true, by: null)).Outcome);
        Assert.Null(await registry.Resolve("v1"));
        Assert.DoesNotContain(cluster.Catalog.Aliases.Values, row => row.Digest.Length > 0);
    }

    [Fact]
    public async Task Submit_ItsOwnArtifactWasRemoved_IsComputedAnew()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w");
        await cluster.SubmitAsync(Sample.Job());
        await worker.CompleteAsync(await cluster.UntilAcquiredAsync(worker), Sample.Result("done"));
        Assert.True(cluster.Catalog.Artifacts.TryRemove(Sample.Digest("done"), out _));

        Assert.Equal((JobStatus.Queued, null), await cluster.SubmitAsync(Sample.Job(), "bob") is var job ? (job.Status, job.Result) : default);
        await worker.CompleteAsync(await cluster.UntilAcquiredAsync(worker), Sample.Result("done"));
        // The removal that was on its way all the time finds a result that has its row.
        Assert.True(cluster.Catalog.Artifacts.ContainsKey(Sample.Digest("done")));
    }

    [Fact]
    public async Task Submit_ItsArtifactIsNotYetInTheCatalog_StaysDone()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w");
        await cluster.SubmitAsync(Sample.Job());
        cluster.Catalog.Before = row =>
        {
            if (row == typeof(Contracts.Stores.ArtifactRow)) throw new IOException("the catalog is full");
        };
        await worker.CompleteAsync(await cluster.UntilAcquiredAsync(worker), Sample.Result("done"));
        try
        {
            await cluster.SubmitAsync(Sample.Job(), "bob");
        }
        catch (IOException)
        {
            // It may say that the row could not be written.
        }
        Assert.Equal(JobStatus.Succeeded, (await cluster.Job(Sample.Id(Sample.Job())).Get())!.Status);
    }

    /// <summary>When each of a removal's steps comes: before which of the other's calls, or after all of them.</summary>
    private static IEnumerable<int[]> Orders(int calls) =>
        from row in Enumerable.Range(0, calls + 1)
        from names in Enumerable.Range(row, calls + 1 - row)
        from notes in Enumerable.Range(names, calls + 1 - names)
        from jobs in Enumerable.Range(notes, calls + 1 - notes)
        select new[] { row, names, notes, jobs };

    private sealed class Removal(PtuneCluster cluster, string digest, string? jobId, string? alias, int[] order)
    {
        private int _calls;
        private int _steps;

        public bool HasSeenJob { get; private set; }

        public bool HasSeenName { get; private set; }

        public async Task<T> DuringAsync<T>(Func<Task<T>> use)
        {
            cluster.Catalog.Before = _ => GoTo(_calls++);
            var answer = await use();
            cluster.Catalog.Before = _ => { };
            GoTo(int.MaxValue);
            return answer;
        }

        public override string ToString() => $"row, names, notes and jobs before the calls {string.Join(", ", order)}";

        private void GoTo(int call)
        {
            for (; _steps < order.Length && order[_steps] <= call; _steps++) Step(_steps);
        }

        private void Step(int step)
        {
            switch (step)
            {
                case 0:
                    cluster.Catalog.Artifacts.TryRemove(digest, out _);
                    break;
                case 1:
                    HasSeenName |= alias is not null && cluster.Catalog.Aliases.TryGetValue(alias, out var name) && name.Digest == digest;
                    break;
                case 2:
                    HasSeenJob |= jobId is not null && cluster.Catalog.Expected.ContainsKey(jobId);
                    break;
                default:
                    HasSeenJob |= jobId is not null && cluster.Catalog.Jobs.TryGetValue(jobId, out var row) && !row.Status.IsFinal;
                    break;
            }
        }
    }
}
