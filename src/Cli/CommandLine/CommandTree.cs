using System.CommandLine;
using Ptune.Cli.Commands;

namespace Ptune.Cli.CommandLine;

/// <summary>All commands, and how a command line becomes an exit code.</summary>
internal static class CommandTree
{
    // A prompt may begin with @, which would otherwise name a file of further words.
    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> InvokeAsync(string[] args, Session session)
    {
        // The requests to the server carry it as traceparent; a caller that is traced itself gives its own in the variable.
        using var trace = ClientTrace.Start();
        try
        {
            var parsed = Create(session).Parse(args, _parsing);
            if (UsageErrors.Find(parsed) is { Count: > 0 } errors)
            {
                foreach (var error in errors) session.Terminal.Problem(error.Message, error.Fix);
                session.Terminal.Note($"  Help: {UsageErrors.Path(parsed.CommandResult.Command)} --help");
                return ExitCode.Usage;
            }
            // Ctrl-C belongs to the commands (Interruption): no handler here, and no time limit on an orderly end.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            failure.Print(session.Terminal);
            return failure.ExitCode;
        }
    }

    public static RootCommand Create(Session session)
    {
        var root = new RootCommand("Tune once, carry it everywhere: adapts a foundation model to a task and transfers what it learnt to other models.")
        {
            GlobalOptions.Server,
            GlobalOptions.Token,
            GlobalOptions.Output,
            GlobalOptions.Store,
        };
        foreach (var command in All(session)) root.Add(command);
        Help.Install(root);
        return root;
    }

    private static Command[] All(Session session) =>
    [
        RunCommand.Create(session),
        SubmitCommand.Create(session),
        PlanCommand.Create(session),
        SchemaCommand.Create(session),
        GetCommand.Create(session),
        ListCommand.Create(session),
        WatchCommand.Create(session),
        LogsCommand.Create(session),
        CancelCommand.Create(session),
        HoldingCommands.Suspend(session),
        HoldingCommands.Resume(session),
        HoldingCommands.Retry(session),
        NamedCommands.Models(session),
        NamedCommands.Patches(session),
        NamedCommands.Rewards(session),
        ArtifactsCommand.Create(session),
        TagCommand.Create(session),
        ShareCommands.Share(session),
        ShareCommands.Unshare(session),
        StoreCommand.Create(session),
        TokenizeCommand.Create(session),
        GenerateCommand.Create(session),
        ApplyCommand.Create(session),
        CarryCommand.Create(session),
        WorkersCommand.Create(session),
        TopCommand.Create(session),
        DeadLettersCommand.Create(session),
        KeysCommand.Create(session),
        TenantsCommand.Create(session),
        LoginCommand.Login(session),
        LoginCommand.Logout(session),
        LoginCommand.WhoAmI(session),
        AuditCommand.Create(session),
        ServerCommand.Create(session),
        VersionCommand.Create(session),
    ];
}
