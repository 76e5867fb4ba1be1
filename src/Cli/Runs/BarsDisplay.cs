using Ptune.Cli.Output;
using Spectre.Console;

namespace Ptune.Cli.Runs;

/// <summary>Bars: one for the run as a whole, and one for each cell in work.</summary>
internal sealed class BarsDisplay(IAnsiConsole console) : IRunDisplay
{
    private readonly Dictionary<string, ProgressTask> _cells = [];
    private ProgressTask? _whole;

    public Task<T> ShowAsync<T>(Func<Action<RunState>, Task<T>> work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 30 },
                new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(context => work(state => Show(context, state)));

    private void Show(ProgressContext context, RunState state)
    {
        var description = state.Expected == 1
            ? $"[bold]{Markup.Escape(Printable.Of(state.Name))}[/] {Words.Lower(state.Status)}"
            : $"[bold]{Markup.Escape(Printable.Of(state.Name))}[/] {state.Cells.Count(c => c.Done)} of {state.Expected} jobs";
        // A bar may have no empty description, not even for a moment.
        _whole ??= context.AddTask(description);
        _whole.Description = description;
        _whole.MaxValue = Math.Max(1, state.Expected);
        _whole.Value = state.Cells.Sum(Share);
        if (state.Expected == 1) return;
        foreach (var cell in state.Cells) Show(context, cell);
    }

    private void Show(ProgressContext context, RunCell cell)
    {
        _cells.TryGetValue(cell.JobId, out var bar);
        if (!cell.InWork)
        {
            if (bar is null) return;
            bar.StopTask();
            context.RemoveTask(bar);
            _cells.Remove(cell.JobId);
            return;
        }
        var loss = cell.Progress?.Loss is { } value ? $" [dim]loss {Words.Figure(value, "0.000")}[/]" : "";
        var description = $"  {Markup.Escape(Printable.Of(cell.Name))}{loss}";
        if (bar is null) _cells[cell.JobId] = bar = context.AddTask(description);
        bar.Description = description;
        bar.IsIndeterminate = cell.Progress is null;
        bar.MaxValue = 1;
        // A finished bar would be hidden before its job is.
        bar.Value = Math.Min(0.999, Share(cell));
    }

    private static double Share(RunCell cell) => cell switch
    {
        { Done: true } => 1,
        { Progress: { TotalSteps: > 0 } progress } => Math.Clamp((double)progress.Step / progress.TotalSteps, 0, 1),
        _ => 0,
    };
}
