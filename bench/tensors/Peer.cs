using System.Diagnostics;

namespace Ptune.Tensors.Bench;

/// <summary>PyTorch in a process of its own, which waits on its standard input while it is not its turn.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    /// <param name="folder">Holds pixels.bin, labels.bin and NAME.bin for every model.</param>
    /// <param name="batchSize">Examples a step.</param>
    public Peer(string folder, int batchSize)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "peer.py"), folder, $"{batchSize}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        Description = Read();
    }

    /// <summary>What it is: versions, threads, BLAS.</summary>
    public string Description { get; }

    /// <summary>Takes over the weights; answers its parameters and the loss of the first batch.</summary>
    public (long Parameters, double Loss) Load(string model)
    {
        string[] parts = Ask($"load {model}").Split(' ');
        return (long.Parse(parts[0]), double.Parse(parts[1]));
    }

    /// <summary>Seconds that it took for that many steps.</summary>
    public double Train(string model, int steps) => double.Parse(Ask($"train {model} {steps}"));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Read();
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer has ended; its reason stands above.");
}
