using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Messages;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune deadletters</c>: messages that could not be read or handled.</summary>
internal static class DeadLettersCommand
{
    private const int LongestCell = 60;

    public static Command Create(Session session)
    {
        var command = new Command("deadletters", "Lists or replays dead letters: messages that could not be read or handled, kept on the broker with the reason.");
        command.Add(List(session));
        command.Add(Replay(session));
        return command.WithExamples("ptune deadletters list", "ptune deadletters list -o json", "ptune deadletters replay");
    }

    private static Command List(Session session)
    {
        var command = new Command("list", "Lists the dead letters; none is removed.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var letters = await client.GetAsync<DeadLetter[]>(Routes.DeadLetters, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), letters, console => TextTable.Write(
                console,
                ["POOL", "SINCE", ">BYTES", "REASON", "BODY"],
                letters.Select(l => new[] { l.Pool, l.At is { } at ? Words.Ago(at, session.Clock.GetUtcNow()) : "-", $"{l.Bytes}", Cell(l.Reason), Cell(l.Body) })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune deadletters list", "ptune deadletters list -o yaml");
    }

    private static Command Replay(Session session)
    {
        var command = new Command("replay", "Puts the dead letters back into the queues of their pools; one that still cannot be read becomes a dead letter again.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var replayed = await client.PostAsync<ReplayedLetters>(Routes.DeadLettersReplay, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), replayed, console => console.Line($"{replayed.Replayed} replayed"));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune deadletters replay");
    }

    private static string Cell(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestCell ? line : line[..LongestCell] + "...";
    }
}
