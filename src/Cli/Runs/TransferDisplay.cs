using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Spectre.Console;

namespace Ptune.Cli.Runs;

/// <summary>Shows on stderr how far files have come: a bar for each on a terminal, else nothing.</summary>
internal static class TransferDisplay
{
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="work">What is told of.</param>
    public static Task ShowAsync(Terminal terminal, Func<IProgress<TransferProgress>?, Task> work) => !terminal.Bars ? work(null) : terminal.Error.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
        .StartAsync(context => work(new Bars(context)));

    private sealed class Bars(ProgressContext context) : IProgress<TransferProgress>
    {
        private readonly Dictionary<(string Name, string Step), ProgressTask> _bars = [];

        public void Report(TransferProgress value)
        {
            if (!_bars.TryGetValue((value.Name, value.Step), out var bar))
                _bars[(value.Name, value.Step)] = bar = context.AddTask($"{Markup.Escape(Printable.Of(value.Name))} {value.Step}", maxValue: Math.Max(1, value.Total));
            bar.Value = value.Bytes;
        }
    }
}
