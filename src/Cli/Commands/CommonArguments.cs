using System.CommandLine;
using Ptune.Cli.Servers;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary>Arguments and options shared by several commands.</summary>
internal static class CommonArguments
{
    public static Argument<string> Spec() => new("SPEC") { Description = "The spec, a YAML file; - is stdin.", HelpName = "SPEC" };

    public static Argument<string> Id() => new("ID") { Description = "The id of a job, study or sweep, or a unique prefix of it.", HelpName = "ID" };

    public static Option<int> Limit() => new("--limit", "-n") { Description = "The maximum number of rows. Default: 50.", HelpName = "N", DefaultValueFactory = _ => 50 };

    /// <param name="description">What it is, and what is listed then.</param>
    public static Option<string?> After(string description) => new("--after") { Description = description, HelpName = "ID" };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask before computing. Only a user at a terminal is asked." };

    public static Option<string?> Key() => new("--key")
    {
        Description = "An idempotency key: submitting the same spec again with the same key returns the same job, study or sweep; another spec with that key is refused.",
        HelpName = "KEY",
    };

    /// <summary>The key's value; null where none was given.</summary>
    /// <exception cref="CliException">It cannot be sent.</exception>
    public static string? Key(ParseResult parsed, Option<string?> option) => HeaderText.Of(parsed.GetValue(option), option.Name);

    public static Option<bool> Fresh() => new("--fresh") { Description = "Compute everything again, including what is in the store." };

    public static Option<bool> Move() => new("--move") { Description = "Move the name if it stands for another artifact; its history keeps that one." };

    public static Option<bool> Upload() => new("--upload")
    {
        Description = "Send the texts and tokenizers that the spec names in folders of this machine to the server. Default: where the server is on another machine.",
    };

    /// <summary>A name for the result of a single job.</summary>
    public static Option<string?> Publish()
    {
        var option = new Option<string?>("--publish") { Description = "Publish the result under this name. Default: the spec's 'publish'.", HelpName = "NAME@VERSION" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !InputRef.IsAlias(word.Value)) result.AddError(WrongName(word.Value));
        });
        return option;
    }

    /// <summary>Says that a text is no name.</summary>
    public static string WrongName(string name) => $"'{name}' is not a name: write NAME@VERSION with letters, digits, '.', '_' and '-', each beginning with a letter or digit.";
}
