using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune login</c>, <c>logout</c> and <c>whoami</c>: the key for a server, kept in the user's own file.</summary>
internal static class LoginCommand
{
    public static Command Login(Session session)
    {
        var url = Url();
        var command = new Command("login", "Checks a key and keeps it for later commands with that server. The key is asked for, or read from standard input.") { url };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            var locator = new ServerLocator(session, parsed);
            var address = Address(locator, parsed, url);
            var token = HeaderText.Of(parsed.GetValue(GlobalOptions.Token), "--token") ?? await AskAsync(session, address, interruption.Token);
            using var client = locator.Client(address, token);
            var who = await client.GetAsync<WhoAmI>(Routes.WhoAmI, interruption.Token);
            new Credentials(session).Keep(address, token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), who, console => Print(console, address, who));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune login https://ptune.example.org", "ptune login https://ptune.example.org < key.txt");
    }

    public static Command Logout(Session session)
    {
        var url = Url();
        var command = new Command("logout", "Forgets the key for a server. The key itself stays valid; 'ptune keys revoke' ends it.") { url };
        command.SetAction((parsed, _) =>
        {
            var address = Address(new ServerLocator(session, parsed), parsed, url);
            var text = ServerAddress.Show(address);
            session.Terminal.Result(new Credentials(session).Remove(address) ? $"Logged out from {text}" : $"Nobody is logged in at {text}");
            return Task.FromResult(ExitCode.Done);
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

    private static void Print(IAnsiConsole console, Uri address, WhoAmI who) => TextTable.Pairs(console,
    [
        ("server", ServerAddress.Show(address)), ("name", who.Name), ("key", who.KeyId), ("role", Words.Lower(who.Role)), ("tenant", who.Tenant),
        ("tenants", who.Tenants is null ? "all" : string.Join(", ", who.Tenants)),
    ]);
}
