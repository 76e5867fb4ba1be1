using System.CommandLine;
using System.Globalization;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune tenants</c>: tenants and what they may have.</summary>
internal static class TenantsCommand
{
    private const string All = "all";
    private const string None = "none";

    public static Command Create(Session session)
    {
        var command = new Command("tenants", "Tenants and what they may have: create, get, list, set.")
        {
            Change(session, "create", "Creates a tenant.", "ptune tenants create red --weight 2 --max-running 4", async (client, name, change, cancellation) =>
                await client.PostAsync<TenantView>(Routes.Tenants, new TenantRequest(name, change(new TenantSettings())), cancellation)),
            Get(session),
            List(session),
            Change(session, "set", "Changes what a tenant may have; what is not given stays.", "ptune tenants set red --max-queued 100 --pool gpu --pool cpu", async (client, name, change, cancellation) =>
            {
                var route = ServerClient.Fill(Routes.Tenant, name);
                return await client.PutAsync<TenantView>(route, change((await client.GetAsync<TenantView>(route, cancellation)).Settings), cancellation);
            }),
        };
        return command.WithExamples("ptune tenants create red --max-running 4", "ptune tenants set red --weight 2 --budget 500", "ptune tenants list");
    }

    private static Command Change(
        Session session, string word, string description, string example, Func<ServerClient, string, Func<TenantSettings, TenantSettings>, CancellationToken, Task<TenantView>> send)
    {
        var name = Name();
        var weight = new Option<double?>("--weight") { Description = "Its share of a pool, relative to the other tenants' weights. Default: 1.", HelpName = "W" };
        var running = Limit("--max-running", "How many of its jobs may run in a pool at a time; 0: no limit.");
        var queued = Limit("--max-queued", "How many of its jobs may wait in a pool at a time; 0: no limit.");
        var pools = Many("--pool", "A pool that its jobs may go to; may be repeated. 'all': every pool; 'none': no pool.", "POOL");
        var models = Many("--model", "A model that its jobs may start from (NAME@VERSION, NAME or a digest); may be repeated. 'all': every model; 'none': no model.", "MODEL");
        var licences = Many("--licence", "A licence of models that its jobs may start from; may be repeated. 'all': every licence; 'none': no licence.", "LICENCE");
        var budget = new Option<string?>("--budget") { Description = "The device-hours that its jobs may take in a calendar month (UTC). 'none': no limit.", HelpName = "HOURS" };
        budget.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value != None && Hours(given.Value) is null) result.AddError($"--budget is '{given.Value}'; it must be a number of hours, 0 or more, or '{None}'.");
        });
        var command = new Command(word, description) { name, weight, running, queued, budget, pools, models, licences };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var tenant = await send(client, parsed.GetRequiredValue(name), known => new TenantSettings(
                parsed.GetValue(weight) ?? known.Weight, Given(parsed.GetValue(running), known.MaxRunning), Given(parsed.GetValue(queued), known.MaxQueued),
                Given(parsed.GetValue(pools), known.Pools), Given(parsed.GetValue(models), known.Models), Given(parsed.GetValue(licences), known.Licences),
                parsed.GetValue(budget) is { } hours ? Hours(hours) : known.Budget), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), tenant, console => Print(console, tenant));
            return ExitCode.Done;
        });
        return command.WithExamples(example);
    }

    private static Command Get(Session session)
    {
        var name = Name();
        var command = new Command("get", "Shows a tenant.") { name };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var tenant = await client.GetAsync<TenantView>(ServerClient.Fill(Routes.Tenant, parsed.GetRequiredValue(name)), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), tenant, console => Print(console, tenant));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune tenants get red");
    }

    private static Command List(Session session)
    {
        var command = new Command("list", "Lists the tenants that you may choose.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var tenants = await client.GetAsync<TenantView[]>(Routes.Tenants, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), tenants, console => TextTable.Write(
                console, ["TENANT", ">WEIGHT", ">MAX RUNNING", ">MAX QUEUED", ">BUDGET", ">SPENT", ">RESERVED", ">LEFT", "POOLS", "MODELS", "LICENCES"],
                tenants.Select(t => new[]
                {
                    t.Name, Number(t.Settings.Weight), Number(t.Settings.MaxRunning), Number(t.Settings.MaxQueued),
                    Number(t.Settings.Budget), Used(t.Use?.Spent), Used(t.Use?.Reserved), Used(t.Use?.Left), Text(t.Settings.Pools), Text(t.Settings.Models), Text(t.Settings.Licences),
                })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune tenants list", "ptune tenants list -o json");
    }

    private static Argument<string> Name() => new("NAME") { Description = "The tenant's name: lower-case letters, digits and '-'.", HelpName = "NAME" };

    private static Option<int?> Limit(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && int.TryParse(word.Value, out var value) && value < 0) result.AddError($"{name} is {value}; it must be at least 0.");
        });
        return option;
    }

    private static Option<string[]> Many(string name, string description, string word) => new(name) { Description = description, HelpName = word };

    private static int? Given(int? given, int? known) => given switch { null => known, 0 => null, _ => given };

    private static string[]? Given(string[]? given, string[]? known) => given is not { Length: > 0 } ? known : given is [All] ? null : given is [None] ? [] : given;

    private static void Print(IAnsiConsole console, TenantView tenant) => TextTable.Pairs(console,
    [
        ("tenant", tenant.Name), ("weight", Number(tenant.Settings.Weight)), ("running", Number(tenant.Settings.MaxRunning)), ("queued", Number(tenant.Settings.MaxQueued)),
        ("budget", tenant.Settings.Budget is { } hours ? $"{Number(hours)} device-hours a month" : "no limit"),
        ("spent", tenant.Use is { } spent ? $"{Used(spent.Spent)} device-hours in {spent.Month}" : "-"),
        ("reserved", tenant.Use is { } use ? $"{Used(use.Reserved)} device-hours{(use.Unestimated > 0 ? $"; {Words.Count(use.Unestimated, "job")} without an estimate reserve{(use.Unestimated == 1 ? "s" : "")} nothing" : "")}" : "-"),
        ("left", tenant.Use?.Left is { } left ? $"{Used(left)} device-hours" : "-"),
        ("pools", Text(tenant.Settings.Pools)), ("models", Text(tenant.Settings.Models)), ("licences", Text(tenant.Settings.Licences)), ("changed by", tenant.By),
    ]);

    private static string Number(double? value) => value is { } number ? Words.Number(number, "#,0.###") : "no limit";

    private static string Used(double? hours) => hours is { } number ? Words.Hours(number) : "-";

    private static double? Hours(string word) => double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && double.IsFinite(hours) ? hours : null;

    private static string Text(string[]? words) => words is null ? All : words is [] ? None : string.Join(", ", words);
}
