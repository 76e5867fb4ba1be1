using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ptune.Fixtures;

namespace Ptune.ConsoleTimes.Bench;

/// <summary>The server as it is run, on a store, without a worker.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>The resident set, in MB.</summary>
    public double Memory => double.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;

    public static async Task<Server> StartAsync(string folder)
    {
        var announced = Path.Combine(folder, "announced.json");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        string[] arguments = [Repository.PathOf("artifacts", "bin", "Silo", "release", "Ptune.Silo.dll"), "--Http:Urls", "http://127.0.0.1:0", "--Storage:Folder", Path.Combine(folder, "store"), "--Worker:Executors", "0", "--announce", announced];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (!File.Exists(announced))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            await Task.Delay(100);
        }
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(announced));
        return new Server(process, new Uri(file.RootElement.GetProperty("url").GetString()!));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
