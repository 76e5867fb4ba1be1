using System.Globalization;
using System.Security.Cryptography;
using Ptune.Fixtures.Processes;

namespace Ptune.Fixtures.Servers;

/// <summary>
/// A private Azure Storage emulator (Azurite) on free loopback ports, with an account of its own. Stopped and started
/// again it keeps its ports and what it stored; killed, it may lose the last seconds, as it writes its index from time to time.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "ptune";
    private static readonly string[] s_programFolders =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static readonly HttpClient s_http = new();
    private readonly TemporaryFolder _data = new("azurite");
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int _blobPort = FreePorts.Next();
    private readonly int _queuePort = FreePorts.Next();
    private readonly int _tablePort = FreePorts.Next();
    private ServerProcess? _process;

    private AzuriteServer() => LogFolder = ServerStart.LogFolder("azurite", _blobPort);

    /// <summary>The address of the blobs, account included.</summary>
    public Uri BlobEndpoint => new($"http://127.0.0.1:{_blobPort}/{Account}");

    /// <summary>The address of the tables, account included.</summary>
    public Uri TableEndpoint => new($"http://127.0.0.1:{_tablePort}/{Account}");

    /// <summary>The address of the queues, account included.</summary>
    public Uri QueueEndpoint => new($"http://127.0.0.1:{_queuePort}/{Account}");

    /// <summary>A connection string for blobs, tables and queues.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};"
        + $"BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>The process id of the running server itself.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("Azurite does not run.");

    /// <summary>Where the logs are, also after the test.</summary>
    public string LogFolder { get; }

    /// <summary>Starts an emulator and waits until blobs, tables and queues answer.</summary>
    /// <exception cref="FileNotFoundException">Azurite or node is not installed; the message says how to get it.</exception>
    /// <exception cref="InvalidOperationException">It ended at once; the message has the end of its log.</exception>
    public static Task<AzuriteServer> StartAsync(CancellationToken cancellation = default) => ServerStart.OnFreePortsAsync(async () =>
    {
        var server = new AzuriteServer();
        try
        {
            await server.StartProcessAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    });

    /// <summary>Kills the server as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the server, if it runs, and starts it again on the same ports with what it stored.</summary>
    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        if (_process is { } process)
        {
            await process.StopAsync().ConfigureAwait(false);
        }

        await KillAsync().ConfigureAwait(false);
        await StartProcessAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends the server and removes its data; the logs stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _data.Dispose();
    }

    private async Task StartProcessAsync(CancellationToken cancellation)
    {
        var script = ServerStart.Require("Azurite", Repository.PathOf("eng", "npm", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js"));
        var node = s_programFolders.Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists) ?? "/usr/bin/node";
        ServerStart.Require("Node.js", node);
        _process = ServerProcess.Start(
            node,
            [
                script, "--location", _data.Location, "--skipApiVersionCheck", "--disableTelemetry", "--silent",
                "--blobHost", "127.0.0.1", "--blobPort", Text(_blobPort),
                "--queueHost", "127.0.0.1", "--queuePort", Text(_queuePort),
                "--tableHost", "127.0.0.1", "--tablePort", Text(_tablePort),
            ],
            Path.Combine(LogFolder, "output.log"),
            new Dictionary<string, string?> { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}", ["NODE_OPTIONS"] = null });
        foreach (var endpoint in new[] { BlobEndpoint, QueueEndpoint, TableEndpoint })
        {
            await ServerStart.UntilReadyAsync("Azurite", _process, () => AnswersAsync(endpoint, cancellation), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Any answer from Azurite itself will do: this request is not signed, so it is a refusal.</summary>
    private static async Task<bool> AnswersAsync(Uri endpoint, CancellationToken cancellation)
    {
        using var response = await s_http.GetAsync(endpoint, cancellation).ConfigureAwait(false);
        return response.Headers.Server.ToString().StartsWith("Azurite", StringComparison.Ordinal);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
