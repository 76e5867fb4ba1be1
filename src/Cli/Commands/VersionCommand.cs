using System.CommandLine;
using System.Reflection;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune version</c>: the client, and the server if there is one.</summary>
internal static class VersionCommand
{
    /// <summary>This client's version.</summary>
    public static string Client { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create(Session session)
    {
        var command = new Command("version", "Prints the version of the client and, if it can be reached, of the server.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            var locator = new ServerLocator(session, parsed);
            using var client = locator.TryConnect();
            var server = await AskAsync(client, locator.Named() is not null, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), new Versions(Client, server), console => TextTable.Pairs(console,
            [
                ("client", Client), ("server", server is null ? "none" : $"{server.Version} ({server.Mode}) at {client!.Address.AbsoluteUri.TrimEnd('/')}, process {server.ProcessId}"),
                ("dashboard", server?.Dashboard),
            ]));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune version", "ptune version --server http://127.0.0.1:8080");
    }

    private static async Task<ServerInfo?> AskAsync(ServerClient? client, bool named, CancellationToken cancellation)
    {
        if (client is null) return null;
        try
        {
            return await client.GetAsync<ServerInfo>(Routes.Version, cancellation);
        }
        catch (CliException e) when (e.ExitCode is ExitCode.Unreachable or ExitCode.AccessRefused && !named)
        {
            return null;
        }
    }

    private sealed record Versions(string Client, ServerInfo? Server);
}
