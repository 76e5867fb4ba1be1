using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.CompilerServices;

namespace Ptune.Cli.CommandLine;

/// <summary>Help: the library's sections, then examples, and below the root the exit codes and variables.</summary>
internal static class Help
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("PTUNE_SERVER", "as --server"),
        ("PTUNE_TOKEN", "as --token"),
        ("PTUNE_STORE", "as --store"),
        ("PTUNE_SILO", "the server's program, Ptune.Silo.dll, where it is not found by itself"),
        ("NO_COLOR", "no colours when it is set"),
    ];

    /// <summary>A command's examples, each a whole command line, with an optional remark behind '#'.</summary>
    public static T WithExamples<T>(this T command, params string[] examples) where T : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().First();
        var builder = new HelpBuilder(Console.IsOutputRedirected ? 120 : Math.Max(60, Console.WindowWidth));
        builder.CustomizeLayout(context => HelpBuilder.Default.GetLayout().Append(WriteExamples).Append(WriteExitCodes).Append(WriteVariables));
        ((HelpAction)option.Action!).Builder = builder;
    }

    public static IReadOnlyList<string> ExamplesOf(Command command) => Examples.TryGetValue(command, out var examples) ? examples : [];

    private static bool WriteExamples(HelpContext context)
    {
        var examples = ExamplesOf(context.Command);
        if (examples.Count == 0) return false;
        context.Output.WriteLine("Examples:");
        foreach (var example in examples) context.Output.WriteLine($"  {example}");
        return true;
    }

    private static bool WriteExitCodes(HelpContext context)
    {
        context.Output.WriteLine("Exit codes:");
        if (context.Command is not RootCommand)
        {
            context.Output.WriteLine($"  {string.Join(", ", ExitCode.Meanings.Select(m => $"{m.Code} {m.Meaning.Split(';')[0]}"))}");
            return true;
        }
        context.HelpBuilder.WriteColumns([.. ExitCode.Meanings.Select(m => new TwoColumnHelpRow($"{m.Code}", m.Meaning))], context);
        return true;
    }

    private static bool WriteVariables(HelpContext context)
    {
        if (context.Command is not RootCommand) return false;
        context.Output.WriteLine("Environment variables:");
        context.HelpBuilder.WriteColumns([.. Variables.Select(v => new TwoColumnHelpRow(v.Name, v.Meaning))], context);
        return true;
    }
}
