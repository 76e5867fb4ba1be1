namespace Ptune.Cli.FileCommands;

/// <summary>What MODEL or PATCH means on the command line: a folder on this machine, or a name in the registry.</summary>
internal static class ModelFolder
{
    /// <summary>A text with a <c>/</c>, or an existing folder, is a path; anything else is a name in the registry.</summary>
    public static bool IsPath(string model) => model.Contains('/', StringComparison.Ordinal) || Directory.Exists(model);

    /// <summary>The folder's full path.</summary>
    /// <param name="command">The command that was asked for, for the message.</param>
    /// <param name="model">What the user wrote.</param>
    /// <param name="holds">What lies in such a folder, for the message.</param>
    /// <exception cref="CliException">It is a name in the registry, or the folder does not exist.</exception>
    public static string Find(string command, string model, string holds = "the model's files")
    {
        if (!IsPath(model))
        {
            throw new CliException(
                ExitCode.Usage, $"'{model}' is a name in the registry, and {command} reads only folders yet.",
                $"Download it with 'ptune artifacts get {model} --to FOLDER' and name the folder; a folder called {model} is './{model}'.");
        }
        return Directory.Exists(model)
            ? Path.GetFullPath(model)
            : throw new CliException(ExitCode.NotFound, $"The folder '{model}' does not exist.", $"Name the folder that holds {holds}.");
    }
}
