using System.Diagnostics;
using System.Text.Json;

namespace Ptune.Dispatch.Bench;

/// <summary>Celery in a process of its own on the same broker; it waits on its standard input while it is not its turn.</summary>
internal sealed class Celery : IDisposable
{
    private readonly Process _process;

    public Celery(Uri broker, string folder)
    {
        Directory.CreateDirectory(folder);
        _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "peer.py"), broker.ToString(), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Version = Read();
    }

    public string Version { get; }

    /// <summary>Jobs a second: the submits alone, and from the first submit to the last end.</summary>
    public (double Submitted, double Drained) Drain(int jobs)
    {
        using var answer = Ask($"drain {jobs}");
        return (answer.RootElement.GetProperty("submitted").GetDouble(), answer.RootElement.GetProperty("drained").GetDouble());
    }

    /// <summary>Fills a queue to which no worker listens.</summary>
    public void Fill(int jobs) => Ask($"fill {jobs}").Dispose();

    /// <summary>Milliseconds from a submit to the task's start, one at a time, sorted.</summary>
    public double[] Latencies(int jobs)
    {
        using var answer = Ask($"latency {jobs}");
        return [.. answer.RootElement.GetProperty("milliseconds").EnumerateArray().Select(v => v.GetDouble())];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonDocument Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return JsonDocument.Parse(Read());
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Celery has ended; its reason stands above.");
}
