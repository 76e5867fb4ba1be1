using System.ComponentModel;
using System.Diagnostics;
using Ptune.Cli.Logins;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary>The part of <c>ptune login</c> that is done at an issuer, which the server names.</summary>
/// <param name="session">This call.</param>
/// <param name="locator">Makes clients of the server.</param>
/// <param name="server">The server's address.</param>
/// <param name="inBrowser">In the browser of this machine, else with a code.</param>
/// <param name="name">Which issuer; null: the only one.</param>
internal sealed class IssuerLogin(Session session, ServerLocator locator, Uri server, bool inBrowser, string? name)
{
    /// <param name="isAsked">The user wants an issuer.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null: the server has none, and the user did not ask for one.</returns>
    /// <exception cref="CliException">There is no such issuer, or it gives no token.</exception>
    public async Task<Credential?> RunAsync(bool isAsked, CancellationToken cancellation)
    {
        if (await FindAsync(isAsked, cancellation) is not { } found) return null;
        using var issuer = new IssuerClient(found.Authority, found.ClientId, session.Clock);
        session.Terminal.Note($"{ServerAddress.Show(server)} asks {found.Label} ({found.Authority}) who you are.");
        return Credential.Of(issuer, inBrowser ? await BrowserLogin.RunAsync(issuer, found.Scopes, Open, cancellation) : await DeviceLogin.RunAsync(issuer, found.Scopes, Show, cancellation));
    }

    private async Task<LoginIssuer?> FindAsync(bool isAsked, CancellationToken cancellation)
    {
        using var client = locator.Client(server, null);
        var all = await client.FindAsync<LoginIssuer[]>(Routes.Issuers, cancellation) ?? [];
        if (all.Length == 0) return isAsked ? throw new CliException(ExitCode.Usage, $"{ServerAddress.Show(server)} has no issuer for this command.", "Log in with a key: leave --device, --browser and --issuer out.") : null;
        var names = string.Join(", ", all.Select(issuer => issuer.Name));
        if (name is null) return all is [var only] ? only : throw new CliException(ExitCode.Usage, $"{ServerAddress.Show(server)} has several issuers: {names}.", "Choose one with --issuer NAME.");
        return Array.Find(all, issuer => issuer.Name == name) ?? throw new CliException(ExitCode.Usage, $"{ServerAddress.Show(server)} has no issuer '{name}'.", $"It has {names}.");
    }

    private void Show(string code, string address, string? complete)
    {
        session.Terminal.Note($"Open {address} in a browser and enter the code {code}");
        if (complete is not null) session.Terminal.Note($"Or open {complete}");
    }

    private void Open(string address)
    {
        session.Terminal.Note("Log in in your browser. Where none opens, open this address in one on this machine:");
        session.Terminal.Note(address);
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS())
        {
            // What a browser writes does not belong into our output.
            TryStart(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$1\" < /dev/null > /dev/null 2>&1", session.Variable("BROWSER") ?? "xdg-open", address]));
            return;
        }
        TryStart(new ProcessStartInfo(address) { UseShellExecute = true });
    }

    private static void TryStart(ProcessStartInfo start)
    {
        try
        {
            using var _ = Process.Start(start);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // The address is on the screen.
        }
    }
}
