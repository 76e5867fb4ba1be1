using System.CommandLine;
using Ptune.Cli.Output;

namespace Ptune.Cli.CommandLine;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The server's address, http://HOST:PORT. Default: PTUNE_SERVER, else the server that runs on the store.",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string?> Token = new("--token")
    {
        Description = "Sent to the server as a bearer token. Default: PTUNE_TOKEN.",
        HelpName = "TOKEN",
        Recursive = true,
    };

    public static readonly Option<OutputFormat> Output = CreateOutput();

    public static readonly Option<string?> Store = new("--store")
    {
        Description = "The store's folder. Default: PTUNE_STORE, else .ptune below PTUNE_HOME, else .ptune below the current folder.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    private static Option<OutputFormat> CreateOutput()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "How results are written: table, wide (whole ids), json or yaml. Default: table.",
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
