using Ptune.Cli.Output;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>Plain lines: one when a cell starts, one when it ends, and every few seconds one for each cell in work.</summary>
internal sealed class LinesDisplay(Action<string> write, TimeProvider clock) : IRunDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly long _begin = clock.GetTimestamp();
    private readonly Dictionary<string, Seen> _seen = [];
    private bool _first = true;

    public Task<T> ShowAsync<T>(Func<Action<RunState>, Task<T>> work) => work(Show);

    private void Show(RunState state)
    {
        foreach (var cell in state.Cells)
        {
            if (!_seen.TryGetValue(cell.JobId, out var seen)) _seen[cell.JobId] = seen = new Seen();
            Show(cell, seen, Position(state));
        }
        _first = false;
    }

    private void Show(RunCell cell, Seen seen, string position)
    {
        if (cell.InWork && seen.Started is null)
        {
            seen.Started = seen.Reported = clock.GetTimestamp();
            seen.Final = false;
            Line($"{cell.Name}: started");
        }
        else if (cell.Status is { IsFinal: true } status && !seen.Final)
        {
            seen.Final = true;
            // What was in the store before the run is counted in the first line, not listed.
            if (seen.Started is { } started) Line($"{cell.Name}: {Verb(status)} after {Words.Seconds(clock.GetElapsedTime(started).TotalSeconds)} {position}");
            else if (!_first && !cell.Reused) Line($"{cell.Name}: {Verb(status)} {position}");
            seen.Started = null;
        }
        else if (cell is { InWork: true, Progress: { } progress } && clock.GetElapsedTime(seen.Reported) >= Pause)
        {
            seen.Reported = clock.GetTimestamp();
            Line($"{cell.Name}: {Describe(progress)}");
        }
    }

    private void Line(string text) => write($"[{Words.Seconds(clock.GetElapsedTime(_begin).TotalSeconds),6}] {text}");

    private static string Position(RunState state) => state.Expected == 1 ? "" : $"({state.Cells.Count(c => c.Done)} of {state.Expected})";

    private static string Verb(JobStatus status) => status switch
    {
        JobStatus.Succeeded => "done",
        JobStatus.Failed => "failed",
        _ => "stopped",
    };

    internal static string Describe(JobProgress progress)
    {
        var loss = progress.Loss is { } value ? $", loss {Words.Figure(value, "0.000")}" : "";
        var rate = progress.ExamplesPerSecond > 0 ? $", {Words.Number(progress.ExamplesPerSecond, "#,0")} examples/s" : "";
        return $"step {progress.Step} of {progress.TotalSteps}{loss}{rate}";
    }

    private sealed class Seen
    {
        public long? Started { get; set; }

        public long Reported { get; set; }

        public bool Final { get; set; }
    }
}
