using Ptune.Contracts.Http;

namespace Ptune.Cli.Servers;

/// <summary>
/// A server to use for one run: one that is named, one that runs on the store, or one that was started for the run and is stopped after it. One on the store
/// may belong to another run and stop with it; then another server is taken.
/// </summary>
internal sealed class ServerLease(Session session, ServerLocator locator, SiloSettings settings, Interruption interruption) : IAsyncDisposable
{
    /// <summary>How long a server that has the store may take to start or to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Checks between two attempts to start a server.</summary>
    private const int Looks = 12;

    private SiloProcess? _own;
    private ServerLog? _log;
    private ServerFile? _shared;
    private ServerClient? _client;

    public ServerClient Client => _client ?? throw new InvalidOperationException("The lease has not been taken.");

    /// <summary>The server was started for this command.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>Completes with the exit code when the server of this run ends; never for a shared one.</summary>
    public Task<int> Ended => _own?.Exited ?? new TaskCompletionSource<int>().Task;

    /// <summary>The process of the shared server is gone.</summary>
    public bool IsLost => _shared is { IsRunning: false };

    /// <summary>Finds a server or starts one.</summary>
    /// <exception cref="CliException">There is none, and none can be started.</exception>
    public async Task TakeAsync()
    {
        var begin = session.Clock.GetTimestamp();
        for (var looks = 0; !await FindAsync(); looks++)
        {
            try
            {
                if (looks % Looks == 0 && await StartAsync(tell: looks == 0)) return;
            }
            catch (StoreInUseException) when (session.Clock.GetElapsedTime(begin) < Patience)
            {
                if (looks == 0) session.Terminal.Note($"Waiting for another server on {settings.Store} to start or stop.");
            }
            await Task.Delay(Look, session.Clock, interruption.Token);
        }
    }

    /// <summary>Runs <paramref name="work"/> on the server, and again on another one if a shared server has stopped meanwhile.</summary>
    public async Task<T> UseAsync<T>(Func<ServerClient, Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work(Client);
            }
            catch (Exception e) when (_shared is not null && IsConnectionLoss(e))
            {
                if (await AnswersAsync(_shared, Client)) throw;
            }
            session.Terminal.Note("The server of another run, which this run shared, has stopped. Continuing on another server.");
            await ReleaseAsync();
            await TakeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    private async Task ReleaseAsync()
    {
        _client?.Dispose();
        (_client, _shared) = (null, null);
        if (_own is not { } own) return;
        if (!own.Exited.IsCompleted) session.Terminal.Note("Stopping the server.");
        await own.DisposeAsync();
        _log?.Dispose();
        (_own, _log) = (null, null);
    }

    /// <summary>The server that is named, or one on the store that answers as the one that the store's file names.</summary>
    private async Task<bool> FindAsync()
    {
        if (locator.Named() is { } named)
        {
            _client = locator.Client(named);
            return true;
        }
        if (locator.Running() is not { } running) return false;
        var client = locator.Client(new Uri(running.Url));
        if (await AnswersAsync(running, client))
        {
            (_client, _shared) = (client, running);
            return true;
        }
        client.Dispose();
        return false;
    }

    private static bool IsConnectionLoss(Exception e) => e is CliException { ExitCode: ExitCode.Unreachable } or HttpRequestException or HttpIOException;

    private async Task<bool> AnswersAsync(ServerFile file, ServerClient client)
    {
        if (!file.IsRunning) return false;
        try
        {
            return (await client.GetAsync<ServerInfo>(Routes.Version, interruption.Token)).Instance == file.Instance;
        }
        catch (AccessRefusedException)
        {
            // It is there, and the commands that follow tell the user.
            return true;
        }
        catch (CliException e) when (e.ExitCode == ExitCode.Unreachable)
        {
            return false;
        }
    }

    private async Task<bool> StartAsync(bool tell)
    {
        var program = SiloProgram.Find(session);
        Directory.CreateDirectory(settings.Store);
        var path = Path.Combine(settings.Store, "server.log");
        if (tell) session.Terminal.Note($"Starting a server on {settings.Store} for this command (its log: {path}).");
        var log = new ServerLog(path);
        var silo = await SiloProcess.StartAsync(program, settings, log.Write);
        interruption.Leaving = silo.Terminate;
        try
        {
            var file = await silo.ReadyAsync(session.Clock, interruption.Token);
            log.Begin();
            (_client, _own, _log) = (locator.Client(new Uri(file.Url)), silo, log);
            return true;
        }
        catch
        {
            await silo.DisposeAsync();
            log.Dispose();
            throw;
        }
    }
}
