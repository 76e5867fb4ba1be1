using System.CommandLine;
using Ptune.Cli.CommandLine;

namespace Ptune.Cli.Servers;

/// <summary>Which server a command talks to: the one that is named, else the one that runs on the store.</summary>
internal sealed class ServerLocator(Session session, ParseResult parsed)
{
    /// <summary>The store's folder as a full path.</summary>
    /// <exception cref="CliException">It is relative to the current folder, which has been deleted.</exception>
    public string Store => FindStore() ?? throw new CliException(
        ExitCode.Usage, "The current folder has been deleted.", "Change to another folder, or name the store with --store and a full path.");

    /// <summary>The server that the user named by --server or PTUNE_SERVER; null when none.</summary>
    /// <exception cref="CliException">The text is not the address of a server.</exception>
    public Uri? Named() => (parsed.GetValue(GlobalOptions.Server) ?? session.Variable("PTUNE_SERVER")) is { } text ? ServerAddress.Parse(text) : null;

    /// <summary>The server that runs on the store, if its process lives; else null.</summary>
    public ServerFile? Running() =>
        FindStore() is { } store && ServerFile.Read(Path.Combine(store, "server.json")) is { IsRunning: true } file ? file : null;

    /// <summary>A client of the named or running server.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public ServerClient Connect() => TryConnect() ?? throw new CliException(
        ExitCode.Unreachable, $"No server is running on {Store}.", "Start one with 'ptune server', or name one with --server URL or PTUNE_SERVER.");

    /// <summary>As <see cref="Connect"/>, but null when there is no server.</summary>
    public ServerClient? TryConnect()
    {
        var address = Named() ?? (Running() is { } running ? new Uri(running.Url) : null);
        return address is null ? null : Client(address);
    }

    /// <summary>A client with the user's token and tenant.</summary>
    /// <exception cref="CliException">One of them cannot be sent.</exception>
    public ServerClient Client(Uri address) => Given() is { } token ? Client(address, token.Length > 0 ? token : null) : new(address, new StoredLogin(session, address).TokenAsync, Tenant());

    /// <summary>As <see cref="Client(Uri)"/>, with this token.</summary>
    public ServerClient Client(Uri address, string? token) => new(address, token, Tenant());

    private string? Tenant() => HeaderText.Of(session.Variable("PTUNE_TENANT"), "PTUNE_TENANT");

    /// <summary>The token that the user gives with this call.</summary>
    private string? Given() => parsed.GetValue(GlobalOptions.Token) is { } given ? HeaderText.Of(given, "--token") ?? "" : HeaderText.Of(session.Secret("PTUNE_TOKEN"), "PTUNE_TOKEN");

    private string? FindStore()
    {
        try
        {
            return Path.GetFullPath(parsed.GetValue(GlobalOptions.Store) ?? session.Variable("PTUNE_STORE") ?? Path.Combine(session.Variable("PTUNE_HOME") ?? "", ".ptune"));
        }
        catch (IOException)
        {
            // The system cannot name the current folder.
            return null;
        }
    }
}
