using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ptune.Cli.FileCommands;

/// <summary>What commands on models' folders have in common.</summary>
internal static class FolderOptions
{
    /// <summary>What a model is computed in.</summary>
    public static Option<string> Dtype()
    {
        var option = new Option<string>("--dtype") { Description = "What it is computed in: float32 or bfloat16. Default: float32.", HelpName = "TYPE", DefaultValueFactory = _ => "float32" };
        return option.AcceptOnlyFromAmong("float32", "bfloat16");
    }

    /// <summary>A chat template that is used instead of the model's own.</summary>
    public static Option<string?> Template() => new("--template") { Description = "A file with the chat template. Default: the model's own.", HelpName = "FILE" };

    /// <summary>What a template is told that asks for the time.</summary>
    public static Option<string?> Now() =>
        new("--now") { Description = "The time that the template sees, such as 2025-03-09T10:30:00. Default: a template that asks for it is refused.", HelpName = "TIME" };

    /// <summary>Adds an error for each option that was given without <c>--messages</c> and means nothing without it.</summary>
    public static void RequireMessages(CommandResult result, Option messages, params Option[] options)
    {
        if (result.GetResult(messages) is not null) return;
        foreach (var option in options.Where(option => result.GetResult(option) is not null)) result.AddError($"{option.Name} goes with --messages only.");
    }

    /// <summary>The full path of a file; null where none was named, <c>-</c> as it is.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static string? ExistingFile(string? file) => file is null or "-" ? file
        : File.Exists(file) ? Path.GetFullPath(file)
        : throw new CliException(ExitCode.NotFound, $"The file '{file}' does not exist.");
}
