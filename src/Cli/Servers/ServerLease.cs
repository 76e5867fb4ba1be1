using Ptune.Contracts.Http;

namespace Ptune.Cli.Servers;

/// <summary>A server to use for one run: one that runs anyway, or one that was started for the run and is stopped after it.</summary>
internal sealed class ServerLease : IAsyncDisposable
{
    private readonly SiloProcess? _own;
    private readonly Session _session;

    private ServerLease(Session session, ServerClient client, SiloProcess? own) => (_session, Client, _own) = (session, client, own);

    public ServerClient Client { get; }

    /// <summary>The server is this run's own.</summary>
    public bool Own => _own is not null;

    /// <summary>Completes with the exit code when the run's own server ends; never for another's.</summary>
    public Task<int> Ended => _own?.Exited ?? new TaskCompletionSource<int>().Task;

    public static async Task<ServerLease> TakeAsync(Session session, ServerLocator locator, SiloSettings settings, Interruption interruption)
    {
        if (await FindAsync(locator, interruption.Token) is { } running) return new ServerLease(session, running, null);
        var program = SiloProgram.Find(session);
        Directory.CreateDirectory(settings.Store);
        var log = Path.Combine(settings.Store, "server.log");
        session.Terminal.Note($"Starting a server on {settings.Store} for this run (its log: {log}).");
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: false) { AutoFlush = true });
        var silo = await SiloProcess.StartAsync(program, settings, line => Write(writer, line));
        interruption.Leaving = silo.Terminate;
        try
        {
            var file = await silo.ReadyAsync(session.Clock, interruption.Token);
            return new ServerLease(session, new ServerClient(new Uri(file.Url), locator.Token), silo);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is null) return;
        if (!_own.Exited.IsCompleted) _session.Terminal.Note("Stopping the server.");
        await _own.DisposeAsync();
    }

    /// <summary>A running server. One that is only said to run by a file that was left behind counts when it answers.</summary>
    private static async Task<ServerClient?> FindAsync(ServerLocator locator, CancellationToken cancellation)
    {
        if (locator.TryConnect() is not { } client) return null;
        if (locator.Named() is not null) return client;
        try
        {
            await client.GetAsync<ServerInfo>(Routes.Version, cancellation);
            return client;
        }
        catch (CliException e) when (e.ExitCode == ExitCode.Unreachable)
        {
            client.Dispose();
            return null;
        }
    }

    private static void Write(TextWriter writer, string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (IOException)
        {
            // A full disk must not end the run; the server reports it by itself where it matters.
        }
    }
}
