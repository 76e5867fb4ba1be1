using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;

namespace Ptune.Tokenizing.Bench;

/// <summary>One run of the executor's program, as the client starts it.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="Memory">Bytes of resident memory, about ten times a second.</param>
internal sealed record Run(double Seconds, long Lines, long Tokens, IReadOnlyList<double> Memory)
{
    public static Run Of(string model, string file)
    {
        var request = new TokenizeRequest { Model = model, File = file, Json = true };
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string word in new[] { Path.Combine(AppContext.BaseDirectory, "Ptune.Executor.dll"), TokenizeRequest.Name, JsonSerializer.Serialize(request, SpecJson.Options) }) start.ArgumentList.Add(word);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var memory = new List<double>();
        using var sampler = new Timer(_ => Sample(process.Id, memory), null, 100, 100);
        long lines = 0, tokens = 0;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines++;
            tokens += Count(line);
        }

        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The executor ended with {process.ExitCode}.");
        return new Run(clock.Elapsed.TotalSeconds, lines, tokens, memory);
    }

    // {"ids":[1,2,3], ...
    private static long Count(string line)
    {
        int begin = line.IndexOf('[', StringComparison.Ordinal), end = line.IndexOf(']', StringComparison.Ordinal);
        return end == begin + 1 ? 0 : line.AsSpan(begin, end - begin).Count(',') + 1;
    }

    private static void Sample(int process, List<double> memory)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            lock (memory) memory.Add(1024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
