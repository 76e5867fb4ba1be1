using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;
using Ptune.Supervisor.Attempts;
using Ptune.Workers.Tests.Fakes;

namespace Ptune.Workers.Tests;

public sealed class CheckpointCollectorTests
{
    private readonly string _job = TestWorker.NewJobId();
    private readonly MemoryBlobs _blobs = new();
    private readonly FakeGrains _grains;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly CheckpointCollector _collector;

    public CheckpointCollectorTests()
    {
        (var factory, _grains) = FakeGrains.Create();
        var calls = new GrainCalls(_time, NullLogger<GrainCalls>.Instance);
        _collector = new CheckpointCollector(factory, calls, _blobs, new CheckpointStore(_blobs), _time, NullLogger<CheckpointCollector>.Instance);
        foreach (var (epoch, step) in new[] { (1, 10), (1, 20), (2, 30), (2, 40), (3, 50) }) _blobs[BlobNames.Checkpoint(_job, epoch, step)] = [1];
    }

    [Theory]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Suspended)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    public async Task Collect_JobThatMayGoOn_KeepsWhatItsStateNamesAndWhatIsNewer(JobStatus status)
    {
        Show(status, new StoredCheckpoint(BlobNames.Checkpoint(_job, 2, 30), "sha256:" + new string('a', 64), 1, 30, 2));
        await CollectAsync();
        Assert.Equal([BlobNames.Checkpoint(_job, 1, 20), BlobNames.Checkpoint(_job, 2, 30), BlobNames.Checkpoint(_job, 2, 40), BlobNames.Checkpoint(_job, 3, 50)], Left);
    }

    [Fact]
    public async Task Collect_JobWhoseStateNamesNone_LeavesAll()
    {
        Show(JobStatus.Running, null);
        await CollectAsync();
        Assert.Equal(5, Left.Length);
    }

    [Fact]
    public async Task Collect_JobThatIsDone_RemovesAll()
    {
        Show(JobStatus.Succeeded, null);
        await CollectAsync();
        Assert.Empty(Left);
    }

    [Fact]
    public async Task Collect_UnknownJob_RemovesAllOnlyAfterAWhile()
    {
        await CollectAsync();
        Assert.Equal(5, Left.Length);
        _time.Advance(CheckpointCollector.OrphansKept + TimeSpan.FromHours(1));
        await CollectAsync();
        Assert.Empty(Left);
    }

    [Fact]
    public async Task Worker_AfterItsInterval_Collects()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { CollectInterval = TimeSpan.FromMilliseconds(100) }, _blobs);
        worker.Grains.Job(_job).View = View(JobStatus.Succeeded, null);
        await Eventually.IsTrueAsync("all are removed", () => Left.Length == 0);
    }

    private string[] Left => _blobs.Under(BlobNames.CheckpointsOf(_job));

    private Task CollectAsync() => _collector.CollectAsync(2, CancellationToken.None);

    private void Show(JobStatus status, StoredCheckpoint? checkpoint) => _grains.Job(_job).View = View(status, checkpoint);

    private JobView View(JobStatus status, StoredCheckpoint? checkpoint) => new()
    {
        JobId = _job,
        Kind = "NoOp",
        Name = "",
        Status = status,
        Version = 1,
        Epoch = 3,
        Spec = new NoOpSpec(),
        Pool = "default",
        Priority = 100,
        Askers = [],
        Created = _time.GetUtcNow(),
        Timeline = [],
        Checkpoint = checkpoint,
    };
}
