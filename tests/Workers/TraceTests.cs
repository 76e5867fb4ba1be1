using System.Diagnostics;
using System.IO.Pipelines;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Telemetry;
using Ptune.Protocol;
using StreamJsonRpc;

namespace Ptune.Workers.Tests;

public sealed class TraceTests
{
    /// <summary>A call of the supervisor arrives in the executor within its attempt's trace.</summary>
    [Fact]
    public async Task Call_WithinAnAttempt_ArrivesInItsTrace()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Tracing.SourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        var (there, back) = (new Pipe(), new Pipe());
        var seen = new Seen();
        using var executor = ProtocolConnection.Over(back.Writer.AsStream(), there.Reader.AsStream());
        executor.AddLocalRpcTarget<IExecutor>(seen, null);
        executor.StartListening();
        using var supervisor = ProtocolConnection.Over(there.Writer.AsStream(), back.Reader.AsStream());
        var proxy = supervisor.Attach<IExecutor>();
        supervisor.StartListening();

        using var attempt = Tracing.Start("attempt", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")!;
        await proxy.StopAsync();
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", attempt.TraceId.ToHexString());
        Assert.Equal(attempt.TraceId, seen.Trace);
        Assert.NotEqual(attempt.SpanId, seen.Span);
    }

    private sealed class Seen : IExecutor
    {
        public ActivityTraceId? Trace { get; private set; }

        public ActivitySpanId? Span { get; private set; }

        public Task<ExecutionEnvironment> DescribeAsync(string device, int threads, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancellation) => throw new NotSupportedException();

        public Task StopAsync()
        {
            (Trace, Span) = (Activity.Current?.TraceId, Activity.Current?.SpanId);
            return Task.CompletedTask;
        }
    }
}
