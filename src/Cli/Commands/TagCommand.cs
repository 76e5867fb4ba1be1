using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune tag</c>: names of artifacts.</summary>
internal static class TagCommand
{
    public static Command Create(Session session)
    {
        var words = new Argument<string[]>("REF NAME") { Description = "An artifact (name@version, its digest, or a unique prefix of the digest) and the name that it gets, NAME@VERSION. With --history or --remove only the name.", HelpName = "[REF] NAME@VERSION", Arity = new ArgumentArity(1, 2) };
        var move = CommonArguments.Move();
        var history = new Option<bool>("--history") { Description = "Show what the name has stood for." };
        var remove = new Option<bool>("--remove") { Description = "Remove the name; the artifact stays." };
        var command = new Command("tag", "Gives an artifact a name, shows a name's history, or removes a name.") { words, move, history, remove };
        command.Validators.Add(result =>
        {
            var (isHistory, isRemoval) = (result.ValueOr(history, false), result.ValueOr(remove, false));
            if (isHistory && isRemoval) result.AddError("--history and --remove exclude each other.");
            else if ((isHistory || isRemoval) && result.ValueOr(move, false)) result.AddError("--move goes with REF NAME@VERSION only.");
            else if (result.GetResult(words)?.Tokens.Count is { } count && count != (isHistory || isRemoval ? 1 : 2))
                result.AddError(isHistory || isRemoval ? "Write only the name: NAME@VERSION." : "Write an artifact and its name: ptune tag REF NAME@VERSION.");
        });
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var given = parsed.GetRequiredValue(words);
            var route = ServerClient.Fill(Routes.Name, given[^1]);
            var format = parsed.GetValue(GlobalOptions.Output);
            if (parsed.GetValue(history))
            {
                var shown = await server.UseAsync(client => client.GetAsync<NameView>(route, interruption.Token));
                session.Terminal.Write(format, shown, console => Print(session, format, console, shown));
                return ExitCode.Done;
            }
            var view = parsed.GetValue(remove)
                ? await server.Client.DeleteAsync<NameView>(route, interruption.Token)
                : await server.Client.PutAsync<NameView>(route, new NameRequest(given[0], parsed.GetValue(move), Environment.UserName), interruption.Token);
            session.Terminal.Write(format, view, _ => session.Terminal.Result(view.Digest is { } digest ? $"{view.Name} stands for {digest}" : $"{view.Name} is removed"));
            return ExitCode.Done;
        });
        return command.WithExamples(
            "ptune tag sha256:1f0a9c04 legal@v2",
            "ptune tag legal@v2 legal@latest --move",
            "ptune tag --history legal@latest",
            "ptune tag --remove legal@v1");
    }

    private static void Print(Session session, OutputFormat format, IAnsiConsole console, NameView view)
    {
        var ids = session.Terminal.Ids(format, view.History.Select(change => change.Digest).OfType<string>());
        TextTable.Write(console, ["SINCE", "=DIGEST", "BY"], view.History.Reverse().Select(change => new[]
        {
            Words.Ago(change.At, session.Clock.GetUtcNow()), change.Digest is { } digest ? ids.Of(digest) : "removed", change.By ?? "-",
        }));
    }
}
