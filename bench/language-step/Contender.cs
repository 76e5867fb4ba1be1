using System.Diagnostics;
using System.Globalization;

namespace Ptune.LanguageStep.Bench;

/// <summary>A process that trains, and waits on its standard input while it is not its turn.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Process _process;
    private readonly double _before;

    public Contender(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Description = Read();
        // The peak that reading the weights took is forgotten.
        File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");
        _before = Mebibytes("VmRSS:");
    }

    /// <summary>What it is: versions, threads, BLAS.</summary>
    public string Description { get; }

    /// <summary>The most memory that the process had since it began to train, in MiB.</summary>
    public double Peak => Mebibytes("VmHWM:");

    /// <summary>Of that, what it had not before the first step: without the weights and the runtime.</summary>
    public double PeakOfTraining => Peak - _before;

    public long Parameters() => long.Parse(Ask("parameters"), CultureInfo.InvariantCulture);

    /// <summary>The loss of one more step, before it.</summary>
    public double Loss() => double.Parse(Ask("loss"), CultureInfo.InvariantCulture);

    /// <summary>Seconds of processor time that one pass over the rows took, of a contender that knows it.</summary>
    public double Pass() => double.Parse(Ask("pass"), CultureInfo.InvariantCulture);

    /// <summary>Seconds of processor time that it took for that many steps: with one thread that of the clock, but for what else the machine does.</summary>
    public double Train(int steps) => double.Parse(Ask($"train {steps}"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double Mebibytes(string field)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    private string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Read();
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A contender has ended; its reason stands above.");
}
