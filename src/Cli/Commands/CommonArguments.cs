using System.CommandLine;
using Ptune.Cli.Servers;

namespace Ptune.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonArguments
{
    public static Argument<string> Spec() => new("SPEC") { Description = "A spec's YAML file; - is stdin.", HelpName = "SPEC" };

    public static Argument<string> Id() => new("ID") { Description = "The id of a job, study or sweep, or the beginning of it.", HelpName = "ID" };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask before computing. Only a terminal is asked." };

    public static Option<string?> Key() => new("--key")
    {
        Description = "A name for this submit, so that it can be repeated: the same key and spec answer with the same job, study or sweep, another spec is refused.",
        HelpName = "KEY",
    };

    /// <summary>The key's value; null where none was given.</summary>
    /// <exception cref="CliException">It cannot be sent.</exception>
    public static string? Key(ParseResult parsed, Option<string?> option) => HeaderText.Of(parsed.GetValue(option), option.Name);

    public static Option<bool> Fresh() => new("--fresh") { Description = "Compute everything anew, also what is in the store." };
}
