using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>
/// Which files of a Hugging Face folder are sent for an import: the configuration, the safetensors that it reads, and the small files that go along. Pickles, other
/// formats and code stay where they are. The job decides what of it is kept.
/// </summary>
internal static class ModelFiles
{
    private const string Config = "config.json", Single = "model.safetensors", Index = "model.safetensors.index.json", Templates = "additional_chat_templates";

    private static readonly string[] s_kept = [".json", ".jinja", ".txt", ".md", ".model"];
    private static readonly string[] s_legal = ["LICENSE", "LICENCE", "NOTICE", "COPYING"];

    // What a training, a download or another kind of folder left there: it describes something else than the model.
    private static readonly string[] s_strange = ["reference.json", "manifest.json", "trainer_state.json", "all_results.json", "train_results.json", "eval_results.json"];

    /// <summary>In the order of their names.</summary>
    /// <exception cref="CliException">There is no such folder, or it holds no model.</exception>
    public static IReadOnlyList<LocalFile> In(string folder)
    {
        if (!Directory.Exists(folder)) throw new CliException(ExitCode.NotFound, $"The folder '{folder}' does not exist.", "Name the folder that holds the model's files.");
        var root = Path.GetFullPath(folder);
        string[] names = [.. Directory.EnumerateFiles(root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (!names.Contains(Config))
        {
            if (names.Contains(PatchFiles.Config))
                throw new CliException(ExitCode.Usage, $"'{folder}' holds a PEFT adapter, and no model.", $"Import it with 'ptune patches import NAME@VERSION --from {folder} --base MODEL'.");
            throw new CliException(ExitCode.Usage, names.Length == 0 ? $"The folder '{folder}' is empty." : $"'{folder}' holds no {Config}, so it is no model's folder.", "Name a folder in the layout of Hugging Face, as save_pretrained writes it.");
        }
        string[] weights = [.. Weights(root, names)];
        if (weights.Length == 0)
        {
            var pickled = Array.Find(names, PickledFiles.AreWeights);
            throw new CliException(
                ExitCode.Usage,
                pickled is null ? $"'{folder}' holds no weights: neither {Single} nor {Index}." : $"'{folder}' holds {pickled}, but no {Single}. A pickle runs code when it is read, so it is never opened.",
                pickled is null ? null : "Convert it elsewhere: load it with transformers and save it with model.save_pretrained(FOLDER), which writes safetensors.");
        }
        var templates = Path.Combine(root, Templates);
        string[] more = Directory.Exists(templates) ? [.. Directory.EnumerateFiles(templates, "*.jinja").Select(path => $"{Templates}/{Path.GetFileName(path)}")] : [];
        LocalFile[] files = [.. names.Where(IsCompanion).Concat(weights).Concat(more).Distinct().Order(StringComparer.Ordinal).Select(name => Of(folder, root, name))];
        return files.Length <= TextDatasetSpec.MaxFiles ? files : throw new CliException(ExitCode.Usage, $"'{folder}' holds {files.Length:N0} files of a model; an import takes at most {TextDatasetSpec.MaxFiles:N0}.");
    }

    /// <exception cref="CliException">There is no such file.</exception>
    public static LocalFile Of(string folder, string root, string name)
    {
        var path = Path.Combine(root, name);
        if (!File.Exists(path)) throw new CliException(ExitCode.NotFound, $"'{folder}' names {name}, which is not there.", "Was a download interrupted?");
        var info = new FileInfo(path);
        // Of a link the length is that of the link itself.
        return new LocalFile(name, path, (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length);
    }

    private static IEnumerable<string> Weights(string root, string[] names)
    {
        if (Named(Path.Combine(root, Config)) is { } named) return [named];
        if (names.Contains(Single)) return names.Contains(Index) ? [Single, Index] : [Single];
        return names.Contains(Index) ? [.. Shards(Path.Combine(root, Index)), Index] : names.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    /// <summary>The one file that the configuration names, where it does. What else is wrong with it, the job says.</summary>
    private static string? Named(string config)
    {
        try
        {
            using var stream = File.OpenRead(config);
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.GetProperty("transformers_weights").GetString() is { Length: > 0 } name && IsWithin(name) ? name : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool IsWithin(string name) => name.Length > 0 && !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");

    private static string[] Shards(string index)
    {
        try
        {
            using var stream = File.OpenRead(index);
            using var json = JsonDocument.Parse(stream);
            string[] shards = [.. json.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString() ?? "").Distinct()];
            var outside = Array.Find(shards, shard => !IsWithin(shard));
            return outside is null ? shards : throw new CliException(ExitCode.Usage, $"{index} names '{outside}', which is no file of the folder.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"{index} cannot be read: it has no weight_map that says where each tensor lies.", "Download it again.");
        }
    }

    private static bool IsCompanion(string name) =>
        !name.EndsWith(".index.json", StringComparison.Ordinal) && !s_strange.Contains(name) && name != PatchFiles.Config
        && (s_kept.Contains(Path.GetExtension(name)) || s_legal.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
}
