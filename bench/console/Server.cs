using System.Globalization;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.ConsoleTimes.Bench;

/// <summary>The server as it is run, on a store, without a worker.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Fixtures.Processes.Program _program;

    private Server(Fixtures.Processes.Program program, Uri url) => (_program, Url) = (program, url);

    public Uri Url { get; }

    /// <summary>The resident set, in MB.</summary>
    public double Memory => double.Parse(
        File.ReadLines($"/proc/{_program.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;

    public static async Task<Server> StartAsync(string folder)
    {
        var announced = Path.Combine(folder, "announced.json");
        var program = Fixtures.Processes.Program.Start("Silo", "Ptune.Silo.dll", ["--announce", announced], new Dictionary<string, string>
        {
            ["PTUNE_Http__Urls"] = "http://127.0.0.1:0",
            ["PTUNE_Storage__Folder"] = Path.Combine(folder, "store"),
            ["PTUNE_Worker__Executors"] = "0",
        });
        await Eventually.IsTrueAsync("the server announces itself", () => File.Exists(announced) || program.HasExited);
        if (program.HasExited) throw new InvalidOperationException($"The server ended at once:\n{program.Output}");
        return new Server(program, new Uri(Addresses.In(await File.ReadAllTextAsync(announced))));
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
