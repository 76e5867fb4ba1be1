using System.Text.RegularExpressions;

namespace Ptune.Cli.FileCommands;

/// <summary>What MODEL or PATCH means on the command line: a folder on this machine, or a name in the registry.</summary>
internal static partial class ModelFolder
{
    /// <summary>A text with a <c>/</c>, or an existing folder, is a path; anything else is a name in the registry.</summary>
    public static bool IsPath(string model) => model.Contains('/', StringComparison.Ordinal) || Directory.Exists(model);

    /// <summary>The folder's full path.</summary>
    /// <param name="model">What the user wrote, a path.</param>
    /// <param name="holds">What lies in such a folder, for the message.</param>
    /// <exception cref="CliException">The folder does not exist.</exception>
    public static string Find(string model, string holds = "the model's files") => Directory.Exists(model)
        ? Path.GetFullPath(model)
        : throw new CliException(ExitCode.NotFound, $"The folder '{model}' does not exist.", $"Name the folder that holds {holds}.");

    /// <summary>A reference to an artifact as it is.</summary>
    /// <exception cref="CliException">It is neither a path nor the form of a reference.</exception>
    public static string Reference(string model) => ReferenceForm().IsMatch(model)
        ? model
        : throw new CliException(ExitCode.NotFound, $"There is no folder '{model}', and it is no NAME@VERSION or sha256:DIGEST of the store either.", $"A folder is named with a '/', as in './{model}'; 'ptune models' lists the names.");

    /// <summary>Model and patch of one command.</summary>
    /// <returns>Whether both are in the store; false: both are folders.</returns>
    /// <exception cref="CliException">One is a folder, and one is not.</exception>
    public static bool AreInStore(string model, string? patch) => patch is null
        ? !IsPath(model)
        : AreInStore(model, patch, "patch", $"Import it with 'ptune patches import NAME@VERSION --from {patch} --base {model}'.");

    /// <summary>Model, patch and rewards of one command, and the models that rewards were tuned on.</summary>
    /// <returns>Whether all are in the store; false: all are folders.</returns>
    /// <exception cref="CliException">Some are folders, and some are not.</exception>
    public static bool AreInStore(string model, string? patch, IEnumerable<RewardWord> rewards, IEnumerable<string> sources)
    {
        var areInStore = AreInStore(model, patch);
        foreach (var reward in rewards) AreInStore(model, reward.Reference, "reward", $"Get the model with 'ptune artifacts get {model} --to FOLDER', and name that folder.");
        foreach (var source in sources) AreInStore(model, source, "source of the reward", $"Import it with 'ptune models import NAME@VERSION --from {source}'.");
        return areInStore;
    }

    private static bool AreInStore(string model, string other, string noun, string howToStore)
    {
        var isModelPath = IsPath(model);
        if (IsPath(other) == isModelPath) return !isModelPath;
        // A word that is nothing is said to be nothing.
        _ = Reference(isModelPath ? other : model);
        throw isModelPath
            ? new CliException(ExitCode.Usage, $"The model is a folder, and the {noun} '{other}' is in the store.", $"Get it with 'ptune artifacts get {other} --to FOLDER', or import the model with 'ptune models import NAME@VERSION --from {model}'.")
            : new CliException(ExitCode.Usage, $"The model '{model}' is in the store, and the {noun} is a folder.", howToStore);
    }

    [GeneratedRegex(@"^([A-Za-z0-9][A-Za-z0-9._-]{0,62}@[A-Za-z0-9][A-Za-z0-9._-]{0,30}|sha256:[0-9a-f]{1,64}|[0-9a-f]{6,64})\z")]
    private static partial Regex ReferenceForm();
}
