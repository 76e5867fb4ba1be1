using System.Text.Json;
using Ptune.Learning;
using Ptune.Storage.Files;

namespace Ptune.Executor.Hub;

/// <summary>
/// Which of a repository's files a model needs: configuration, tokenizer, templates, licence, and its weights as safetensors. Repositories also hold the same weights in other
/// formats, which may be as large again, or run code when they are read.
/// </summary>
internal sealed class NeededFiles
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";
    private const string AdapterFile = "adapter_model.safetensors";
    private const string ConfigFile = "config.json";
    private const long LongestJson = 100_000_000;

    private static readonly string[] s_tokenizer = ["merges.txt", "vocab.txt"];
    private static readonly string[] s_licences = ["README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "USE_POLICY"];
    private static readonly string[] s_texts = ["", ".txt", ".md"];
    private static readonly string[] s_pickled = [".bin", ".pt", ".pth", ".ckpt", ".pkl"];

    // What a training leaves: it may be large, and no model needs it.
    private static readonly string[] s_leftovers = ["trainer_state.json", "all_results.json"];

    private readonly Dictionary<string, HubEntry> _entries;
    private readonly string _place;

    /// <param name="place">The repository or the folder, for messages.</param>
    /// <exception cref="DataException">There are no weights that could be used.</exception>
    public NeededFiles(IEnumerable<HubEntry> entries, string place)
    {
        _place = place;
        _entries = entries.DistinctBy(entry => entry.Path).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        if (!_entries.Keys.Any(IsWeights)) throw NoWeights();
        Small = [.. _entries.Values.Where(entry => IsSmall(entry.Path)).OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>Everything but the weights, by path.</summary>
    public IReadOnlyList<HubEntry> Small { get; }

    /// <summary>The weights, by path.</summary>
    /// <param name="folder">Where the small files lie: the configuration or the index may say which they are.</param>
    /// <exception cref="DataException">One that is needed is not there.</exception>
    public IReadOnlyList<HubEntry> Weights(string folder)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (Json(folder, ConfigFile, config => config.TryGetProperty("transformers_weights", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null) is { } named)
            names.Add(named);
        else if (_entries.ContainsKey(SingleFile))
            names.Add(SingleFile);
        else if (_entries.ContainsKey(IndexFile))
            names.UnionWith(Json(folder, IndexFile, Shards) ?? []);
        if (_entries.ContainsKey(AdapterFile)) names.Add(AdapterFile);
        if (names.Count == 0) throw NoWeights();
        return names.Where(name => !_entries.ContainsKey(name)).ToArray() is { Length: > 0 } absent
            ? throw new DataException($"{_place} has no {HubText.Shown(absent[0])}{(absent.Length > 1 ? $" and {absent.Length - 1} more" : "")}, which its configuration or its index names as weights.")
            : [.. names.Select(name => _entries[name])];
    }

    private static bool IsWeights(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal);

    private bool IsSmall(string path)
    {
        var extension = Path.GetExtension(path);
        if (path.StartsWith("additional_chat_templates/", StringComparison.Ordinal)) return extension == ".jinja" && path.Count(c => c == '/') == 1;
        if (path.Contains('/', StringComparison.Ordinal)) return false;
        // The index of weights in another format, or beside the one file that holds them all.
        if (path.EndsWith(".index.json", StringComparison.Ordinal)) return path == IndexFile && !_entries.ContainsKey(SingleFile);
        return extension switch
        {
            ".json" => !s_leftovers.Contains(path),
            ".jinja" or ".model" => true,
            _ => s_tokenizer.Contains(path) || (s_texts.Contains(extension) && s_licences.Any(name => path.StartsWith(name, StringComparison.OrdinalIgnoreCase))),
        };
    }

    private static string[] Shards(JsonElement index) => index.TryGetProperty("weight_map", out var map) && map.ValueKind == JsonValueKind.Object
        ? [.. map.EnumerateObject().Select(entry => entry.Value.GetString() ?? "").Distinct()]
        : throw new JsonException("it has no weight_map, which says where each tensor lies.");

    private T? Json<T>(string folder, string name, Func<JsonElement, T?> read) where T : class
    {
        if (!_entries.ContainsKey(name)) return null;
        try
        {
            using var file = RegularFile.Open(Path.Combine(folder, name));
            if (file.Length > LongestJson) throw new JsonException($"it has {file.Length:N0} bytes.");
            using var document = JsonDocument.Parse(file.ReadToEnd());
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : throw new JsonException("it is no JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new DataException($"{_place}: {name} cannot be read: {error.Message}", error);
        }
    }

    private DataException NoWeights()
    {
        var others = _entries.Keys.Where(path => !path.Contains('/', StringComparison.Ordinal)).ToArray();
        if (others.FirstOrDefault(IsWeights) is { } other)
            return new DataException($"{_place} has {HubText.Shown(other)}, but neither {SingleFile} nor {IndexFile} nor {AdapterFile}.");
        if (others.FirstOrDefault(path => s_pickled.Contains(Path.GetExtension(path))) is { } pickled)
        {
            return new DataException(
                $"{_place} has {HubText.Shown(pickled)}, but no weights as safetensors. A pickle runs code when it is read, so it is neither fetched nor opened. "
                + "Convert it elsewhere: load it with transformers and save it with model.save_pretrained(FOLDER), which writes safetensors; then import that folder.");
        }
        return new DataException($"{_place} has no weights as safetensors: no {SingleFile}, {IndexFile} or {AdapterFile} at its top.");
    }
}
