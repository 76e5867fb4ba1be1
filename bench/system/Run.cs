using System.Diagnostics;

namespace Ptune.WholeSystem.Bench;

/// <summary>One command, timed from outside.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="FirstOutput">Seconds to the first line that it printed.</param>
/// <param name="PeakBytes">The most memory that it and its children held at one time, sampled five times a second.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record Run(double Seconds, double FirstOutput, long PeakBytes, string Output, int ExitCode)
{
    public static async Task<Run> OfAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        using var process = Start(folder, environment, program, arguments);
        var clock = Stopwatch.StartNew();
        var lines = new List<string>();
        double? first = null;
        void Heard(string? line)
        {
            if (line is null) return;
            lock (lines)
            {
                first ??= clock.Elapsed.TotalSeconds;
                lines.Add(line);
            }
        }
        process.OutputDataReceived += (_, e) => Heard(e.Data);
        process.ErrorDataReceived += (_, e) => Heard(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peak = 0L;
        using var samples = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, ProcessTree.Bytes(process.Id));
            await Task.WhenAny(ended, samples.WaitForNextTickAsync().AsTask());
        }
        await ended;
        return new Run(clock.Elapsed.TotalSeconds, first ?? double.NaN, peak, string.Join('\n', lines), process.ExitCode);
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        return Process.Start(start)!;
    }
}
