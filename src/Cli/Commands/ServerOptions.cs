using System.CommandLine;

namespace Ptune.Cli.Commands;

/// <summary>Options of a server that the client starts.</summary>
internal static class ServerOptions
{
    public static Option<int?> Executors() => Positive("--executors", "Jobs that run at the same time. Default: chosen by the server from the number of cores.");

    public static Option<int?> Threads() => Positive("--threads", "Threads of each job. Default: chosen by the server from the number of cores.");

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < 1) result.AddError($"{name} is {value}; it must be at least 1.");
        });
        return option;
    }
}
