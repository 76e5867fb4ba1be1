namespace Ptune.Fixtures.Processes;

/// <summary>A server on one machine, as <c>ptune server</c> starts it.</summary>
public sealed class Embedded : IAsyncDisposable
{
    private readonly Program _server;

    private Embedded(Program server, string url) => (_server, Api) = (server, new Api(url));

    public Api Api { get; }

    public Program Process => _server;

    public static async Task<Embedded> StartAsync(string store, int executors = 2)
    {
        var server = Program.Start("Cli", "ptune.dll", ["server", "--store", store, "--port", "0", "--executors", $"{executors}", "--threads", "1"], new Dictionary<string, string>());
        var line = await server.SaysAsync(l => l.Contains("http://127.0.0.1:", StringComparison.Ordinal));
        return new Embedded(server, Addresses.In(line));
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (!_server.HasExited)
        {
            _server.Signal(15);
            await _server.ExitAsync(TimeSpan.FromMinutes(1));
        }
        await _server.DisposeAsync();
    }
}
