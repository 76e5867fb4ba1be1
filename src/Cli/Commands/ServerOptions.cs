using System.CommandLine;

namespace Ptune.Cli.Commands;

/// <summary>What a server that the client starts can be told.</summary>
internal static class ServerOptions
{
    public static Option<int?> Executors() => Positive("--executors", "Jobs that run at a time. Default: the server's choice from the number of cores.");

    public static Option<int?> Threads() => Positive("--threads", "Threads inside each job. Default: the server's choice from the number of cores.");

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < 1) result.AddError($"{name} is {value}; it has to be at least 1.");
        });
        return option;
    }
}
