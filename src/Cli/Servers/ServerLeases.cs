using System.CommandLine;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>A server for commands on what is in the store: the one that is named or runs, else one of their own.</summary>
internal static class ServerLeases
{
    /// <summary>For a command that runs a job.</summary>
    /// <param name="session">Gives the terminal and the environment.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruption">Ends the wait for a server.</param>
    /// <param name="reference">What the command reads; null: it brings something. Where there is no store, nothing can be read, and none is made.</param>
    /// <exception cref="CliException">There is none, and none can be started.</exception>
    public static Task<ServerLease> TakeAsync(Session session, ParseResult parsed, Interruption interruption, string? reference = null)
    {
        var locator = new ServerLocator(session, parsed);
        if (reference is not null) RequireStore(locator, $", so nothing is published as '{reference}'", "; a path has a '/', as in ./model");
        return TakeAsync(session, locator, interruption, executors: null);
    }

    /// <summary>
    /// For a command that only reads or changes what is in the store: a server of its own has no worker, so that no job that waits in the store begins because somebody looks into it.
    /// </summary>
    /// <param name="session">Gives the terminal and the environment.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruption">Ends the wait for a server.</param>
    /// <param name="reference">What the command reads; null: nothing in particular.</param>
    /// <param name="brings">The command brings something: a store is made where there is none.</param>
    /// <exception cref="CliException">There is none, and none can be started.</exception>
    public static Task<ServerLease> TakeWithoutWorkerAsync(Session session, ParseResult parsed, Interruption interruption, string? reference = null, bool brings = false)
    {
        var locator = new ServerLocator(session, parsed);
        if (!brings) RequireStore(locator, reference is null ? "" : $", so nothing is published as '{reference}'", reference is null ? "" : "; a path has a '/', as in ./model");
        return TakeAsync(session, locator, interruption, executors: 0);
    }

    private static void RequireStore(ServerLocator locator, string consequence, string more)
    {
        if (locator.Named() is null && locator.Running() is null && !Directory.Exists(locator.Store))
            throw new CliException(ExitCode.NotFound, $"There is no store '{locator.Store}'{consequence}.", $"Name the store with --store, or a server with --server{more}.");
    }

    private static async Task<ServerLease> TakeAsync(Session session, ServerLocator locator, Interruption interruption, int? executors)
    {
        var lease = new ServerLease(session, locator, new SiloSettings(locator.Store, Port: 0, executors, Threads: null), interruption);
        try
        {
            await lease.TakeAsync();
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }
}
