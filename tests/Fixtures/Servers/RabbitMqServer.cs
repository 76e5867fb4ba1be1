using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Ptune.Fixtures.Processes;

namespace Ptune.Fixtures.Servers;

/// <summary>
/// A private RabbitMQ broker (Debian's rabbitmq-server) on free loopback ports, with its own folders and port mapper.
/// Killed and started again it keeps its ports and what it stored.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    private const string PortMapper = "/usr/bin/epmd";
    private readonly TemporaryFolder _home = new("rabbitmq");
    private readonly int _distributionPort = FreePorts.Next();
    private readonly int _mapperPort = FreePorts.Next();
    private ServerProcess? _mapper;
    private ServerProcess? _node;

    private readonly string[]? _tls;

    private RabbitMqServer(string[]? tls)
    {
        _tls = tls;
        TlsPort = FreePorts.Next();
        Port = FreePorts.Next();
        LogFolder = ServerStart.LogFolder("rabbitmq", Port);
    }

    /// <summary>The AMQP port.</summary>
    public int Port { get; }

    /// <summary>The port for AMQP over TLS, where that was asked for.</summary>
    public int TlsPort { get; }

    /// <summary>The broker's address with its user: <c>amqp://guest:guest@127.0.0.1:PORT/</c>.</summary>
    public Uri Address => new($"amqp://guest:guest@127.0.0.1:{Port}/");

    /// <summary>The process id of the running node itself.</summary>
    public int ProcessId => _node?.Id ?? throw new InvalidOperationException("The broker does not run.");

    /// <summary>Where the logs are, also after the test.</summary>
    public string LogFolder { get; }

    /// <summary>Starts a broker and waits until it speaks AMQP.</summary>
    /// <exception cref="FileNotFoundException">RabbitMQ is not installed; the message says how to get it.</exception>
    /// <exception cref="InvalidOperationException">It ended at once; the message has the end of its log.</exception>
    /// <param name="tls">The files of the authority, the certificate and its key, in PEM: it then also listens for TLS, and takes clients with a certificate of that authority.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static Task<RabbitMqServer> StartAsync(string[]? tls = null, CancellationToken cancellation = default)
    {
        ServerStart.Require("RabbitMQ", Program);
        ServerStart.Require("Erlang's port mapper", PortMapper);
        return ServerStart.OnFreePortsAsync(async () =>
        {
            var server = new RabbitMqServer(tls);
            try
            {
                await server.StartNodeAsync(cancellation).ConfigureAwait(false);
                return server;
            }
            catch
            {
                await server.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        });
    }

    /// <summary>
    /// Kills the node as a crash would (SIGKILL). RabbitMQ 3.10 loses the leader of a quorum queue that was declared only
    /// seconds before for good: call <see cref="RestartAsync"/> once between the declaration and the first kill.
    /// </summary>
    public async Task KillAsync()
    {
        if (_node is { } node)
        {
            _node = null;
            await node.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the node, if it runs, and starts it again on the same ports with what it stored.</summary>
    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        if (_node is { } node)
        {
            await node.StopAsync().ConfigureAwait(false);
        }

        await KillAsync().ConfigureAwait(false);
        await StartNodeAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Turns the broker's memory alarm on, upon which it takes no message from anybody, or off again.</summary>
    public Task SetMemoryAlarmAsync(bool on, CancellationToken cancellation = default) =>
        ControlAsync(["set_vm_memory_high_watermark", on ? "0" : "0.9"], cancellation);

    /// <summary>The port at which each open connection came in.</summary>
    public async Task<int[]> ConnectionPortsAsync(CancellationToken cancellation = default)
    {
        var said = await ControlAsync(["--quiet", "list_connections", "--no-table-headers", "port"], cancellation).ConfigureAwait(false);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    private async Task<string> ControlAsync(string[] arguments, CancellationToken cancellation)
    {
        var log = Path.Combine(LogFolder, $"control-{Guid.NewGuid():n}.log");
        await using var control = ServerProcess.Start(Control, arguments, log, NodeEnvironment());
        await control.EndAsync(cancellation).ConfigureAwait(false);
        return control.ExitCode == 0
            ? await File.ReadAllTextAsync(log, cancellation).ConfigureAwait(false)
            : throw new InvalidOperationException($"rabbitmqctl ended with {control.ExitCode}:\n{control.LogTail()}");
    }

    /// <summary>Ends the node and its port mapper and removes their folders; the logs stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        if (_mapper is { } mapper)
        {
            _mapper = null;
            await mapper.DisposeAsync().ConfigureAwait(false);
        }

        _home.Dispose();
    }

    private async Task StartNodeAsync(CancellationToken cancellation)
    {
        WriteCookie();
        if (_tls is [var authority, var certificate, var key])
        {
            await File.WriteAllLinesAsync(_home.PathOf("rabbitmq.conf"), [$"listeners.ssl.1 = 127.0.0.1:{TlsPort}", $"ssl_options.cacertfile = {authority}", $"ssl_options.certfile = {certificate}", $"ssl_options.keyfile = {key}", "ssl_options.verify = verify_peer", "ssl_options.fail_if_no_peer_cert = true"], cancellation).ConfigureAwait(false);
        }
        var environment = NodeEnvironment();
        // Started by us: one that the node starts would turn itself into a daemon that outlives it.
        _mapper ??= ServerProcess.Start(
            PortMapper, ["-port", Text(_mapperPort), "-address", "127.0.0.1"], Path.Combine(LogFolder, "epmd.log"), environment);
        await ServerStart.UntilReadyAsync("epmd", _mapper, () => ConnectsAsync(_mapperPort), cancellation).ConfigureAwait(false);
        _node = ServerProcess.Start(Program, [], Path.Combine(LogFolder, "output.log"), environment);
        await ServerStart.UntilReadyAsync("RabbitMQ", _node, () => SpeaksAmqpAsync(cancellation), cancellation).ConfigureAwait(false);
    }

    private void WriteCookie()
    {
        var cookie = _home.PathOf(".erlang.cookie");
        if (!File.Exists(cookie))
        {
            File.WriteAllText(cookie, RandomNumberGenerator.GetHexString(20));
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }
    }

    private Dictionary<string, string?> NodeEnvironment() => new()
    {
        ["HOME"] = _home.Location,
        ["RABBITMQ_NODENAME"] = $"ptune{Port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(Port),
        ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
        ["ERL_EPMD_PORT"] = Text(_mapperPort),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = _home.Subfolder("mnesia"),
        ["RABBITMQ_LOG_BASE"] = LogFolder,
        ["RABBITMQ_PID_FILE"] = _home.PathOf("pid"),
        ["RABBITMQ_SCHEMA_DIR"] = _home.Subfolder("schema"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = _home.Subfolder("config"),
        ["RABBITMQ_CONFIG_FILE"] = _home.PathOf("rabbitmq"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _home.PathOf("enabled_plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        // The machine's cores belong to the test: two schedulers, which sleep at once instead of spinning for work.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        // Makes the start script become the node, so that the process that we hold is the node and not a shell.
        ["RUNNING_UNDER_SYSTEMD"] = "1",
        ["NOTIFY_SOCKET"] = null,
    };

    private static async Task<bool> ConnectsAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
        return true;
    }

    /// <summary>AMQP 0-9-1, 4.2.2: to the protocol header the broker answers with a method frame (1), Connection.Start (10, 10).</summary>
    private async Task<bool> SpeaksAmqpAsync(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellation).ConfigureAwait(false);
        var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellation).ConfigureAwait(false);
        var frame = new byte[11];
        await stream.ReadExactlyAsync(frame, cancellation).ConfigureAwait(false);
        return frame is [1, _, _, _, _, _, _, 0, 10, 0, 10];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
