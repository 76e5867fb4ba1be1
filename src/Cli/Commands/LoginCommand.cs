using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Logins;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune login</c>, <c>logout</c> and <c>whoami</c>: the key for a server, or a token of its issuer, kept in the user's own file.</summary>
internal static class LoginCommand
{
    public static Command Login(Session session)
    {
        var url = Url();
        var device = new Option<bool>("--device") { Description = "Log in at the server's issuer with a code, which you enter in any browser. The default on a terminal where the server has an issuer." };
        var browser = new Option<bool>("--browser") { Description = "Log in at the server's issuer in the browser of this machine." };
        var issuer = new Option<string?>("--issuer") { Description = "Which issuer, where the server has several.", HelpName = "NAME" };
        var key = new Option<bool>("--key") { Description = "Ask for an API key, also where the server has an issuer." };
        var command = new Command("login", "Logs in at a server's issuer, or checks a key, and keeps it for later commands with that server. A key is asked for, or read from standard input.") { url, device, browser, issuer, key };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            var locator = new ServerLocator(session, parsed);
            var address = Address(locator, parsed, url);
            var login = new IssuerLogin(session, locator, address, parsed.GetValue(browser), parsed.GetValue(issuer));
            var given = HeaderText.Of(parsed.GetValue(GlobalOptions.Token), "--token");
            var isAsked = parsed.GetValue(device) || parsed.GetValue(browser) || parsed.GetValue(issuer) is not null;
            if (isAsked && (given is not null || parsed.GetValue(key))) throw new CliException(ExitCode.Usage, "A key and an issuer cannot be used together.", "Leave --token and --key, or --device, --browser and --issuer out.");
            var credential = given is null && !parsed.GetValue(key) && (isAsked || session.Terminal.Asks) ? await login.RunAsync(isAsked, interruption.Token) : null;
            credential ??= new Credential(given ?? await AskAsync(session, address, interruption.Token));
            using var client = locator.Client(address, credential.Token);
            var who = await client.GetAsync<WhoAmI>(Routes.WhoAmI, interruption.Token);
            new Credentials(session).Keep(address, credential);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), who, console => Print(console, address, who));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune login https://ptune.example.org", "ptune login https://ptune.example.org --browser", "ptune login https://ptune.example.org < key.txt");
    }

    public static Command Logout(Session session)
    {
        var url = Url();
        var command = new Command("logout", "Forgets the login at a server, and ends it at the issuer where it is one of an issuer. A key stays valid; 'ptune keys revoke' ends it.") { url };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            var address = Address(new ServerLocator(session, parsed), parsed, url);
            var text = ServerAddress.Show(address);
            var credential = new Credentials(session).Remove(address);
            session.Terminal.Result(credential is null ? $"Nobody is logged in at {text}" : $"Logged out from {text}");
            if (credential is { Authority: not null, ClientId: not null, Refresh: not null }) await EndAsync(session, credential, interruption.Token);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune logout https://ptune.example.org");
    }

    public static Command WhoAmI(Session session)
    {
        var command = new Command("whoami", "Shows who the server takes you for, and what you may do.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var who = await client.GetAsync<WhoAmI>(Routes.WhoAmI, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), who, console => Print(console, client.Address, who));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune whoami", "ptune whoami -o json");
    }

    private static Argument<string?> Url() =>
        new("URL") { Description = "The address of the server. Default: the one that other commands would use.", HelpName = "URL", Arity = ArgumentArity.ZeroOrOne };

    private static Uri Address(ServerLocator locator, ParseResult parsed, Argument<string?> url)
    {
        if (parsed.GetValue(url) is { } text) return ServerAddress.Parse(text);
        using var client = locator.Connect();
        return client.Address;
    }

    private static async Task<string> AskAsync(Session session, Uri address, CancellationToken cancellation)
    {
        var text = session.Terminal.Asks
            ? await session.Terminal.Error.PromptAsync(new TextPrompt<string>($"Key for {Markup.Escape(ServerAddress.Show(address))}:").Secret(null), cancellation)
            : await Console.In.ReadLineAsync(cancellation);
        return HeaderText.Of(text, "The key") ?? throw new CliException(ExitCode.Usage, "No key was given.", "Write it to standard input, or give it with --token.");
    }

    /// <summary>What is forgotten here is forgotten; that the issuer does not answer is only told.</summary>
    private static async Task EndAsync(Session session, Credential credential, CancellationToken cancellation)
    {
        using var issuer = new IssuerClient(credential.Authority!, credential.ClientId!, session.Clock);
        try
        {
            if (!await issuer.RevokeAsync(credential.Refresh!, cancellation)) session.Terminal.Note($"{credential.Authority} does not end logins; this one ends there by itself.");
        }
        catch (CliException e)
        {
            session.Terminal.Note($"{e.Message} The login ends there by itself.");
        }
    }

    private static void Print(IAnsiConsole console, Uri address, WhoAmI who) => TextTable.Pairs(console,
    [
        ("server", ServerAddress.Show(address)), ("name", who.Name), ("key", who.KeyId), ("issuer", who.Issuer), ("role", Words.Lower(who.Role)), ("tenant", who.Tenant),
        ("tenants", who.Tenants is null ? "all" : string.Join(", ", who.Tenants)),
    ]);
}
