using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class PlanTests(RunningServer running) : IDisposable
{
    private readonly TemporaryFolder _folder = new("plan");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plan_JobThatIsNoLongerListed_IsInTheStore()
    {
        using var client = running.NewTenant();
        var pool = $"plan-{Guid.NewGuid():n}";
        var spec = Specs.NoOp("brief", pool).Replace($"pool: {pool}", $"pool: {pool}, ttlAfterFinished: 1s", StringComparison.Ordinal);
        var job = await client.PostAsync<JobView>(Routes.Jobs, spec);
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.CompleteAsync(await worker.AcquireAsync(pool), ArtifactKind.Evaluation);

        // The pool looks for such rows once a minute.
        await Eventually.ValueAsync("it is listed no more", () => client.GetAsync<JobRow[]>(Routes.Jobs), rows => rows.Length == 0, TimeSpan.FromMinutes(4));
        var row = Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, spec)).Jobs);
        Assert.Equal((job.JobId, JobStatus.Succeeded, null), (row.JobId, row.Status, row.Seconds));
    }

    [Fact]
    public async Task Plan_JobsOfASortThatHasFinished_AreEstimatedInProportionToTheirWork()
    {
        using var client = running.NewTenant();
        var data = new IdxDataset(_folder.Location);
        var pool = $"plan-{Guid.NewGuid():n}";
        var spec = Specs.Pretraining(data, pool);
        Assert.Null(Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, spec)).Jobs).Seconds);

        await client.PostAsync<JobView>(Routes.Jobs, spec);
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.CompleteAsync(await worker.AcquireAsync(pool), ArtifactKind.Model);

        // The hand says that it took one second.
        var four = await client.PostAsync<PlanView>(Routes.Plan, spec.Replace("epochs: 1", "epochs: 4", StringComparison.Ordinal));
        var job = Assert.Single(four.Jobs);
        Assert.Null(job.Status);
        Assert.Equal(4, job.Seconds);
        var other = await client.PostAsync<PlanView>(Routes.Plan, spec.Replace("kind: mlp, hidden: 4", "kind: cnn", StringComparison.Ordinal));
        Assert.Null(Assert.Single(other.Jobs).Seconds);
    }
}
