namespace Ptune.Fixtures.Processes;

/// <summary>A server on one machine, as <c>ptune server</c> starts it.</summary>
public sealed class Embedded : IAsyncDisposable
{
    private readonly Program _server;

    private Embedded(Program server, string url) => (_server, Api) = (server, new Api(url));

    public Api Api { get; }

    public Program Process => _server;

    public static async Task<Embedded> StartAsync(string store, int executors = 2, Build? build = null)
    {
        var server = Program.Start("Cli", "ptune.dll", ["server", "--store", store, "--port", "0", "--executors", $"{executors}", "--threads", "1"], new Dictionary<string, string>(), build: build);
        var line = await server.SaysAsync(l => l.Contains("http://127.0.0.1:", StringComparison.Ordinal));
        return new Embedded(server, Addresses.In(line));
    }

    /// <summary>Tells it to leave, and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        _server.Signal(15);
        return await _server.ExitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (!_server.HasExited) await StopAsync();
        await _server.DisposeAsync();
    }
}
