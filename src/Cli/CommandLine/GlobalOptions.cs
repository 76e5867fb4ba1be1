using System.CommandLine;
using System.CommandLine.Parsing;
using Ptune.Cli.Output;

namespace Ptune.Cli.CommandLine;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The address of the server, http://HOST:PORT. Default: PTUNE_SERVER, or the server that runs on the store.",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string?> Token = new("--token")
    {
        Description = "The key for the server. Default: PTUNE_TOKEN, or what 'ptune login' has kept.",
        HelpName = "TOKEN",
        Recursive = true,
    };

    public static readonly Option<OutputFormat> Output = CreateOutput();

    public static readonly Option<string?> Store = new("--store")
    {
        Description = "The folder of the store. Default: PTUNE_STORE, or .ptune in PTUNE_HOME or the current folder.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>Adds an error where YAML is asked of a command that does not write it.</summary>
    public static void RefuseYaml(CommandResult command)
    {
        // A validator may not ask for the value: where the word is missing or wrong, that throws.
        if (command.GetResult(Output)?.Tokens is [var word] && word.Value.Equals(nameof(OutputFormat.Yaml), StringComparison.OrdinalIgnoreCase))
            command.AddError($"{UsageErrors.Path(command.Command)} writes table or json, not yaml.");
    }

    private static Option<OutputFormat> CreateOutput()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "The output format: table, wide (with full ids), json or yaml. Default: table.",
            HelpName = "table|wide|json|yaml",
            Recursive = true,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Enum.GetNames<OutputFormat>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
                    return Enum.Parse<OutputFormat>(name);
                result.AddError($"'{text}' is not an output format: table, wide, json or yaml.");
                return OutputFormat.Table;
            },
        };
        return option;
    }
}
