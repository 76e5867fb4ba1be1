using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ptune.Cli.CommandLine;

/// <summary>Help: the library's sections, then examples and exit codes, and below the root the variables.</summary>
internal sealed partial class Help(HelpAction library) : SynchronousCommandLineAction
{
    private const int Narrowest = 60;

    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("PTUNE_SERVER", "as --server"),
        ("PTUNE_TOKEN", "as --token"),
        ("PTUNE_TOKEN_FILE", "a file with the key, instead of PTUNE_TOKEN"),
        ("PTUNE_STORE", "as --store"),
        ("PTUNE_TENANT", "the tenant, on a server with several"),
        ("PTUNE_SILO", "the path of the server program, Ptune.Silo.dll, if it is not found"),
        ("PTUNE_EXECUTOR", "the executor's program, Ptune.Executor.dll, likewise"),
        ("NO_COLOR", "no colours if set"),
    ];

    // Help is given even if the rest of the command is wrong.
    public override bool ClearsParseErrors => true;

    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().First();
        option.Action = new Help((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        // The library does not come to an end in a few columns.
        library.MaxWidth = Math.Max(Narrowest, library.MaxWidth);
        var (command, output) = (parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        using (var sections = new StringWriter())
        {
            parseResult.InvocationConfiguration.Output = sections;
            library.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.Write(Defaults().Replace(sections.ToString(), ""));
        }
        if (ExamplesOf(command) is { Count: > 0 } examples) Write(output, "Examples:", examples);
        if (command is not RootCommand)
        {
            Write(output, "Exit codes:", [string.Join(", ", ExitCode.Meanings.Select(m => $"{m.Code} {m.Short}"))]);
            return ExitCode.Done;
        }
        Write(output, "Exit codes:", ExitCode.Meanings.Select(m => $"{m.Code,-14}{m.Meaning}"));
        Write(output, "Environment variables:", Variables.Select(v => $"{v.Name,-18}{v.Meaning}"));
        return ExitCode.Done;
    }

    internal static void SetExamples(Command command, string[] examples) => Examples.AddOrUpdate(command, examples);

    internal static IReadOnlyList<string> ExamplesOf(Command command) => Examples.TryGetValue(command, out var examples) ? examples : [];

    /// <summary>What the library says of a default: the option's description has said it already.</summary>
    [GeneratedRegex(@"\s*\[default:\s[^\]]*\]")]
    private static partial Regex Defaults();

    private static void Write(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine(title);
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
