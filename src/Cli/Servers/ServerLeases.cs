using System.CommandLine;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>A server for commands on what is in the store: the one that is named or runs, else one of their own.</summary>
internal static class ServerLeases
{
    /// <param name="session">Gives the terminal and the environment.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruption">Ends the wait for a server.</param>
    /// <param name="reference">What the command reads; null: it brings something. Where there is no store, nothing can be read, and none is made.</param>
    /// <exception cref="CliException">There is none, and none can be started.</exception>
    public static async Task<ServerLease> TakeAsync(Session session, ParseResult parsed, Interruption interruption, string? reference = null)
    {
        var locator = new ServerLocator(session, parsed);
        if (reference is not null && locator.Named() is null && locator.Running() is null && !Directory.Exists(locator.Store))
            throw new CliException(ExitCode.NotFound, $"There is no store '{locator.Store}', so nothing is published as '{reference}'.", "Name the store with --store, or a server with --server; a path has a '/', as in ./model.");
        var lease = new ServerLease(session, locator, new SiloSettings(locator.Store, Port: 0, Executors: null, Threads: null), interruption);
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
