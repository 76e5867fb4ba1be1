using System.Collections.Concurrent;
using System.Diagnostics;
using Ptune.Contracts.Telemetry;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Telemetry;

public sealed class JobTraceTests
{
    /// <summary>Hours may lie between a submit and its lease, and other traces: the job's own goes with its state.</summary>
    [Fact]
    public async Task Job_ThatIsLeasedLater_StaysInTheTraceOfItsSubmit()
    {
        var (begun, spans) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<Activity>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = begun.Enqueue,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await cluster.SubmitAsync(Sample.Job(seed: 4711))).JobId;
        await cluster.ForgetAsync(cluster.Job(id));
        var lease = (await new FakeWorker(cluster, "w").AcquireAsync())!;

        Activity Of(string name) => Assert.Single(spans, s => s.OperationName == name && (string?)s.GetTagItem(Tracing.JobId) == id);
        var trace = Of("submit").TraceId;
        Assert.Equal(trace, Of("lease").TraceId);
        Assert.True(ActivityContext.TryParse(lease.Trace, null, out var context));
        Assert.Equal(trace, context.TraceId);
        Assert.Equal(("default", "w", 1L), (Of("lease").GetTagItem(Tracing.Tenant), Of("lease").GetTagItem(Tracing.Worker), Of("lease").GetTagItem(Tracing.Attempt)));
        // The worker may have its lease before the job has heard that the pool took it, which ends this span.
        Assert.Contains(begun, s => s.OperationName == "effect" && s.TraceId == trace);
    }
}
