using System.Globalization;
using System.Runtime.InteropServices;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Protocol;

namespace Ptune.FakeExecutor;

/// <summary>Does what the job's name says.</summary>
internal sealed class ScriptedExecutor(IExecutorEvents events) : IExecutor
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ExecutionEnvironment Environment { get; } = new("cpu", 1, "a fake", "0", "net", "os");

    public Task<ExecutionEnvironment> DescribeAsync(string device, int threads, CancellationToken cancellation) =>
        device == "cpu" ? Task.FromResult(Environment) : throw new NotSupportedException($"There is no device '{device}'.");

    public async Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        await Task.Yield();
        File.WriteAllText(Path.Combine(request.DataFolder, "pid"), System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        events.Log($"script {request.Spec.Name} in {request.WorkFolder}");
        var outcome = await PlayAsync(request);
        await events.SettleAsync();
        return outcome;
    }

    public Task StopAsync()
    {
        _stopped.TrySetResult();
        return Task.CompletedTask;
    }

    private async Task<RunOutcome> PlayAsync(RunRequest request)
    {
        switch (request.Spec.Name)
        {
            case "complete":
                return Done(request, "42");
            case "environment":
                return Done(request, string.Join('\n', System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")));
            case "crash":
                events.Progress(new JobProgress(1, 10, 0.5, 100));
                await Console.Error.WriteLineAsync("the last thing that I saw");
                System.Environment.FailFast("crashed on purpose");
                throw new InvalidOperationException();
            case "throw":
                throw new InvalidOperationException("a mistake in the executor");
            case "out-of-memory":
                return RunOutcome.Failed(FailureCause.OutOfMemory, "the device ran out of memory");
            case "gather":
                return Gather(request);
            case "invalid":
                return RunOutcome.Failed(FailureCause.Invalid, "the labels do not fit");
            case "diverge":
                return RunOutcome.Of(Draft(request) with { Curve = [new LossPoint(10, double.NaN)] });
            case "noisy":
                return await MakeNoiseAsync(request);
            case "parts":
                return Done(request, $"in {request.BatchParts} parts");
            case "hub":
                return Done(request, $"offline: {request.HubOffline}");
            case "hang":
                await CheckpointAsync(request, 1);
                await Task.Delay(Timeout.Infinite);
                throw new InvalidOperationException();
            case "scribble":
                for (var step = 1L; ; step++)
                {
                    await CheckpointAsync(request, step);
                    await Task.Delay(20);
                }
            case "wait-for-stop":
                await CheckpointAsync(request, 3);
                await _stopped.Task;
                return RunOutcome.Stopped(WriteCheckpoint(request, 7));
            case "busy":
                await CheckpointAsync(request, 3);
                await WorkUntilAsync(_stopped.Task);
                return RunOutcome.Stopped(WriteCheckpoint(request, 7));
            case "deaf":
                await CheckpointAsync(request, 1);
                await WorkUntilAsync(Task.Delay(Timeout.Infinite));
                throw new InvalidOperationException();
            case "wait-for-signal":
                events.Progress(new JobProgress(1, 10, null, 0));
                while (!File.Exists(Path.Combine(request.DataFolder, "go"))) await Task.Delay(20);
                return Done(request, "went on");
            case "picky":
                var content = request.Checkpoint is { } file ? await File.ReadAllTextAsync(file) : "nothing";
                return content.Contains("bad", StringComparison.Ordinal) ? RunOutcome.Refused($"{content} is bad") : Done(request, $"went on from {content}");
            case "read-inputs":
                return Done(request, string.Join('\n', request.Inputs.Select(input => $"{input.Key}: {File.ReadAllText(Path.Combine(input.Value, "made.txt"))}")));
            default:
                return RunOutcome.Failed(FailureCause.Invalid, $"There is no script '{request.Spec.Name}'.");
        }
    }

    /// <summary>Takes a gigabyte of the machine's memory, outside the managed heap as tensors are, and uses each page.</summary>
    private static unsafe RunOutcome Gather(RunRequest request)
    {
        const int Parts = 64;
        const int Bytes = 16 << 20;
        for (var part = 0; part < Parts; part++) new Span<byte>(NativeMemory.Alloc(Bytes), Bytes).Fill(1);
        return Done(request, "it all fitted");
    }

    private async Task<RunOutcome> MakeNoiseAsync(RunRequest request)
    {
        using var native = new FileStream("/dev/stdout", FileMode.Open, FileAccess.Write);
        for (var line = 0; line < 500; line++)
        {
            Console.WriteLine($"managed noise {line}");
            await native.WriteAsync("native noise\n"u8.ToArray());
            events.Progress(new JobProgress(line, 500, 1, 1));
        }
        await native.FlushAsync();
        return Done(request, $"read {await Console.In.ReadToEndAsync()}");
    }

    /// <summary>Has something new to tell all the time, so that heartbeats need not wait for their turn.</summary>
    private async Task WorkUntilAsync(Task end)
    {
        for (var speed = 1; !end.IsCompleted; speed++)
        {
            events.Progress(new JobProgress(5, 10, 0.5, speed));
            await Task.WhenAny(end, Task.Delay(50));
        }
    }

    private async Task CheckpointAsync(RunRequest request, long step)
    {
        events.Progress(new JobProgress(step, 10, 0.5, 100));
        events.Checkpoint(WriteCheckpoint(request, step));
        await events.SettleAsync();
    }

    private static CheckpointFile WriteCheckpoint(RunRequest request, long step)
    {
        var file = Path.Combine(request.WorkFolder, $"{step}.safetensors");
        File.WriteAllText(file, $"step {step}");
        return new CheckpointFile(file, step);
    }

    private static RunOutcome Done(RunRequest request, string content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(request.WorkFolder, "output")).FullName;
        File.WriteAllText(Path.Combine(folder, "made.txt"), content);
        return RunOutcome.Of(Draft(request) with { Folder = folder });
    }

    private static ArtifactDraft Draft(RunRequest request) => new()
    {
        Kind = ArtifactKind.Evaluation,
        Metrics = new() { ["answer"] = 42 },
        Measurements = new() { ["seconds"] = 0.1 },
        Curve = [new LossPoint(10, 0.5)],
        Attributes = new() { ["work"] = request.WorkFolder.Length > 0 ? "done" : "" },
        Environment = Environment,
    };
}
