namespace Ptune.Cli.Imports;

/// <summary>Which files of a PEFT folder are sent for an import.</summary>
internal static class PatchFiles
{
    public const string Config = "adapter_config.json";
    private const string Weights = "adapter_model.safetensors", Pickled = "adapter_model.bin";

    private static readonly string[] s_beside = ["README.md", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

    /// <summary>In the order of their names.</summary>
    /// <exception cref="CliException">There is no such folder, or it holds no adapter.</exception>
    public static IReadOnlyList<LocalFile> In(string folder)
    {
        if (!Directory.Exists(folder)) throw new CliException(ExitCode.NotFound, $"The folder '{folder}' does not exist.", "Name the folder that holds the adapter's files.");
        var root = Path.GetFullPath(folder);
        bool Has(string name) => File.Exists(Path.Combine(root, name));
        if (!Has(Config))
        {
            if (Has("config.json")) throw new CliException(ExitCode.Usage, $"'{folder}' holds a model, and no PEFT adapter.", $"Import it with 'ptune models import NAME@VERSION --from {folder}'.");
            throw new CliException(ExitCode.Usage, $"'{folder}' holds no {Config}, so it is no PEFT folder{Below(root)}.", "Name a folder that PEFT's save_pretrained wrote.");
        }
        if (!Has(Weights))
        {
            throw Has(Pickled)
                ? new CliException(ExitCode.Usage, $"'{folder}' holds {Pickled}, a pickle, which can run code and is never opened.", $"Where you trust it, load it with PEFT and save it again: save_pretrained writes {Weights}.")
                : new CliException(ExitCode.Usage, $"'{folder}' holds no {Weights}.");
        }
        return [.. s_beside.Where(Has).Append(Config).Append(Weights).Order(StringComparer.Ordinal).Select(name => ModelFiles.Of(folder, root, name))];
    }

    private static string Below(string root) =>
        Directory.EnumerateDirectories(root).FirstOrDefault(path => File.Exists(Path.Combine(path, Config))) is { } found ? $"; one is {found}" : "";
}
