using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune keys</c>: API keys.</summary>
internal static class KeysCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("keys", "API keys: create, list, revoke.") { New(session), List(session), Revoke(session) };
        return command.WithExamples("ptune keys create --role admin --store /srv/ptune   # the first key", "ptune keys create --tenant red --role submitter --expires 90d", "ptune keys list", "ptune keys revoke h3k7mqp2");
    }

    private static Command New(Session session)
    {
        var role = new Option<string>("--role") { Description = "What the key may do: viewer, submitter, operator or admin.", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(Words.Lower)]);
        var tenant = new Option<string?>("--tenant") { Description = "Its tenant; '*': all. Default: yours; of an admin key, all.", HelpName = "TENANT" };
        var name = new Option<string?>("--name") { Description = "Whose it is, or what for. Default: its id.", HelpName = "NAME" };
        var expires = new Option<string?>("--expires") { Description = "How long it is valid, as in 12h or 90d. Default: until it is revoked.", HelpName = "TIME" };
        expires.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !System.Text.RegularExpressions.Regex.IsMatch(word.Value, Durations.Form)) result.AddError($"'{word.Value}' does not say how long a key is valid: {Durations.Advice}.");
        });
        var command = new Command("create", "Creates a key and prints it, once: the server keeps a hash. Where no server runs on the store, the key is written into the store.") { role, tenant, name, expires };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            var locator = new ServerLocator(session, parsed);
            var request = new ApiKeyRequest(Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true), parsed.GetValue(tenant), parsed.GetValue(name), parsed.GetValue(expires));
            using var client = locator.TryConnect();
            var created = client is null
                ? await OfflineKeys.CreateAsync(session, locator.Store, request, interruption.Token)
                : await client.PostAsync<ApiKeyCreated>(Routes.Keys, request, interruption.Token);
            var (key, details) = created;
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), created, _ => session.Terminal.Result(key));
            session.Terminal.Note($"{Words.Lower(details.Role)} of {Tenant(details)}{(details.Expires is { } end ? $", until {end:yyyy-MM-dd HH:mm} UTC" : "")}. Keep the key: it is not shown again. Use it as PTUNE_TOKEN, or with 'ptune login'.");
            return ExitCode.Done;
        });
        return command.WithExamples("ptune keys create --role admin --store /srv/ptune", "ptune keys create --tenant red --role submitter --name ann --expires 90d");
    }

    private static Command List(Session session)
    {
        var tenant = new Option<string?>("--tenant") { Description = "Only the keys of this tenant.", HelpName = "TENANT" };
        var command = new Command("list", "Lists the keys, oldest first, without their secrets.") { tenant };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var keys = await client.GetAsync<ApiKeyView[]>(ServerClient.Query(Routes.Keys, ("tenant", parsed.GetValue(tenant))), interruption.Token);
            var now = session.Clock.GetUtcNow();
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), keys, console => TextTable.Write(
                console, ["=ID", "NAME", "TENANT", "ROLE", "CREATED", "BY", "EXPIRES", "LAST USED", "STATE"],
                keys.Select(key => new[]
                {
                    key.Id, key.Name, Tenant(key), Words.Lower(key.Role), Words.Ago(key.Created, now), key.By, key.Expires is { } end ? $"{end:yyyy-MM-dd}" : "-",
                    key.LastUsed is { } used ? Words.Ago(used, now) : "never", State(key, now),
                })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune keys list", "ptune keys list --tenant red -o json");
    }

    private static Command Revoke(Session session)
    {
        var id = new Argument<string>("ID") { Description = "The key's id; 'ptune keys list' shows it.", HelpName = "ID" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask. Only a user at a terminal is asked." };
        var command = new Command("revoke", "Revokes a key for good: when the command returns, no server takes it any more.") { id, yes };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            // Who pastes the whole key means its id; the secret need not travel.
            var given = parsed.GetRequiredValue(id).Split('.')[0];
            if (!parsed.GetValue(yes) && session.Terminal.Asks && !await session.Terminal.ConfirmAsync($"Revoke the key {given} for good?", interruption.Token, isYes: false)) return ExitCode.Done;
            var view = await client.DeleteAsync<ApiKeyView>(ServerClient.Fill(Routes.ApiKey, given), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), view, _ => session.Terminal.Result($"{view.Id} is revoked"));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune keys revoke h3k7mqp2", "ptune keys revoke h3k7mqp2 -y");
    }

    private static string Tenant(ApiKeyView key) => key.Tenant == ApiKeyView.AllTenants ? "all tenants" : key.Tenant;

    private static string State(ApiKeyView key, DateTimeOffset now) => key.Revoked is not null ? "revoked" : key.Expires <= now ? "expired" : "valid";
}
