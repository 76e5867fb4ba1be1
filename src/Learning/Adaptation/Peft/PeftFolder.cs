using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation.Peft;

/// <summary>A folder that PEFT wrote (or that we did): its configuration and its tensors, of which only the header was read.</summary>
internal sealed class PeftFolder : IDisposable
{
    public const string ConfigFile = "adapter_config.json";
    public const string WeightsFile = "adapter_model.safetensors";

    /// <summary>What PEFT wraps a model in, before the model's own names.</summary>
    public const string Prefix = "base_model.model.";

    private const string _pickle = "adapter_model.bin";
    private const string _adapterName = ".default.";

    private readonly SafetensorsFile _file;
    private readonly Dictionary<string, string> _keys;

    private PeftFolder(PeftConfig config, SafetensorsFile file, Dictionary<string, string> keys, List<string> notes) =>
        (Config, _file, _keys, Notes) = (config, file, keys, notes);

    public PeftConfig Config { get; }

    /// <summary>What loads, but is worth a sentence; grows while the adapter is hung on a base.</summary>
    public List<string> Notes { get; }

    /// <exception cref="LearningException">It holds no adapter that can be used rightly.</exception>
    public static PeftFolder Open(string folder)
    {
        var files = new FolderFiles(folder);
        string config = files.Find(ConfigFile) ?? throw new AdapterRefusedException($"{files.Folder}: there is no {ConfigFile}{Elsewhere(files.Folder)}. Ranks could be guessed without it, alpha could not.");
        string weights = files.Find(WeightsFile) ?? throw new AdapterRefusedException(files.Find(_pickle) is null
            ? $"{files.Folder}: there is no {WeightsFile}."
            : $"{files.Folder}: {_pickle} is a pickle, which can run code and is never opened. Where you trust it, load it with PEFT and save it again: save_pretrained writes {WeightsFile} (safetensors).");
        var notes = new List<string>();
        var read = PeftConfigReader.Read(JsonWords.Read(config, notes));
        var file = SafetensorsFile.Open(weights);
        try
        {
            return new PeftFolder(read, file, Keys(file, read, notes), notes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Hangs the adapter on its base. Everything is compared before a tensor is read.</summary>
    /// <param name="network">The base.</param>
    /// <param name="baseNames">What the base is called here: a path, a name; null: that the adapter belongs to it is known.</param>
    /// <param name="trainable">Whether it is trained on.</param>
    /// <exception cref="AdapterRefusedException">It does not fit the base, or holds numbers that are not finite.</exception>
    public Adapter Attach(Network network, IReadOnlyList<string>? baseNames, Device device, bool trainable = false)
    {
        CompareBase(baseNames);
        return Config is LoraPeftConfig lora ? AttachLora(lora, network, device, trainable) : AttachPrompt((PromptPeftConfig)Config, network, device, trainable);
    }

    public void Dispose() => _file.Dispose();

    private Adapter AttachLora(LoraPeftConfig config, Network network, Device device, bool trainable)
    {
        var layout = new AdapterLayout(network).AddLora(config.Settings with { Dropout = trainable ? config.Dropout : 0 });
        if (config.Saved is not null) layout.AddSaved(config.Saved);
        if (config.Bias != BiasKind.None) layout.AddBiases(config.Bias == BiasKind.All);
        if (config.Tokens.Count > 0)
            layout.AddTokens(network as CausalLanguageModel ?? throw new AdapterRefusedException("trainable_token_indices needs a language model as the base."), config.Tokens);
        var found = Match(layout, network, config.Settings.Rank);
        foreach (string key in found.Values) CheckFinite(key);
        SayWhatIsOdd(config, network, layout, found);
        return Adapter.Of(layout, part => _file.Tensor(found[part]), device, trainable);
    }

    private Adapter AttachPrompt(PromptPeftConfig config, Network network, Device device, bool trainable)
    {
        if (network is not CausalLanguageModel model) throw new AdapterRefusedException("A soft prompt needs a language model as its base.");
        string key = _keys.GetValueOrDefault(Adapter.PromptName) ?? throw new AdapterRefusedException($"{_file.Path}: there is no tensor '{Adapter.PromptName}'.");
        CheckShape(key, [config.VirtualTokens, model.Width], null);
        CheckFinite(key);
        using var vectors = _file.Tensor(key);
        return Adapter.OfPrompt(vectors, device, trainable);
    }

    /// <summary>For each part the file's key.</summary>
    private Dictionary<AdapterPart, string> Match(AdapterLayout layout, Network network, int rank)
    {
        var found = new Dictionary<AdapterPart, string>();
        foreach (var part in layout.Parts)
        {
            string name = part.Keys.FirstOrDefault(_keys.ContainsKey)
                ?? throw new AdapterRefusedException($"{_file.Path}: there is no tensor '{Prefix}{part.Keys[^1]}', which {ConfigFile} asks for.");
            CheckShape(_keys[name], part.Shape, part.RankDimension is { } dimension && part.Shape[dimension] == rank ? dimension : null);
            found.Add(part, _keys[name]);
        }

        var used = found.Values.ToHashSet(StringComparer.Ordinal);
        // Copies of the base's tensors, which PEFT adds for embeddings and heads.
        var strange = _keys.Where(pair => !used.Contains(pair.Value) && !(pair.Key.EndsWith(".base_layer.weight", StringComparison.Ordinal) && layout.Adapted.Contains(pair.Key[..^".base_layer.weight".Length])));
        if (strange.FirstOrDefault() is { Value: { } key } first) throw new AdapterRefusedException($"{_file.Path}: the tensor '{key}' {WhyStrange(first.Key, network)}");
        return found;
    }

    /// <param name="name">The tensor's, without the prefix.</param>
    private static string WhyStrange(string name, Network network) =>
        network.Linears.Values.FirstOrDefault(layer => name.StartsWith($"{layer.Name}.", StringComparison.Ordinal)) is { } layer
            ? $"is of the base's layer {layer.Name}, which {ConfigFile} does not name (target_modules): what was trained there would be lost."
            : $"belongs to no layer of the base that {ConfigFile} names. Is it of another model?";

    private void SayWhatIsOdd(LoraPeftConfig config, Network network, AdapterLayout layout, Dictionary<AdapterPart, string> found)
    {
        var b = found.Where(pair => pair.Key.Key.EndsWith(".lora_B.weight", StringComparison.Ordinal)).Select(pair => pair.Value).ToList();
        if (b.Count > 0 && b.All(IsZero)) Notes.Add("Every lora_B is zero, so the deltas do nothing. Was the adapter never trained?");
        var adapted = network.Linears.Values.Where(layer => layout.Adapted.Contains(layer.Name)).ToList();
        if (config.Transposed is { } transposed && adapted.Count > 0 && adapted.All(layer => layer.IsTransposed != transposed))
            Notes.Add($"fan_in_fan_out is {(transposed ? "true" : "false")}, but the base's layers are stored {(transposed ? "[outputs, inputs]" : "[inputs, outputs]")}; the base decides.");
        if (network is not CausalLanguageModel model || model.Parameters.Has($"{model.Head.Name}.weight")) return;
        foreach (var part in layout.Parts.Where(part => part.CopyOf is not null && part.Shape.SequenceEqual(model.Embedding.Weight.shape)))
            Notes.Add($"The adapter has {part.Key} of its own, but the base's head and embedding are tied (tie_word_embeddings): the other one stays the base's, and a merged model is not tied.");
    }

    private void CompareBase(IReadOnlyList<string>? baseNames)
    {
        if (baseNames is null || Config.Base is not { Length: > 0 } origin) return;
        string last = origin.TrimEnd('/').Split('/')[^1];
        if (baseNames.Any(name => name.Split('/').Contains(last, StringComparer.OrdinalIgnoreCase))) return;
        Notes.Add($"The adapter was made on '{origin}', which could not be compared with the base by name; shapes and keys fit.");
    }

    private void CheckShape(string key, long[] due, int? rankDimension)
    {
        var entry = _file.Entry(key);
        if (entry.Type.Torch is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16)) throw new AdapterRefusedException($"{_file.Path}: '{key}' is {entry.Type.Name}, not floating-point numbers.");
        if (entry.Shape.SequenceEqual(due)) return;
        if (rankDimension is { } dimension && entry.Shape.Length == due.Length && entry.Shape[dimension] != due[dimension] && entry.Shape[1 - dimension] == due[1 - dimension])
            throw new AdapterRefusedException($"{_file.Path}: '{key}' has rank {entry.Shape[dimension]}, but r is {due[dimension]} in {ConfigFile}.");
        throw new AdapterRefusedException($"{_file.Path}: '{key}' is {Shown(entry.Shape)}, but with this base it must be {Shown(due)}.");
    }

    private void CheckFinite(string key)
    {
        using var scope = NewDisposeScope();
        using var values = _file.Tensor(key);
        if (values.isfinite().all().item<bool>()) return;
        throw new AdapterRefusedException($"{_file.Path}: '{key}' holds {(values.isnan().any().item<bool>() ? "NaN" : "Infinity")}: the training that made it diverged.");
    }

    private bool IsZero(string key)
    {
        using var scope = NewDisposeScope();
        using var values = _file.Tensor(key);
        return !values.any().item<bool>();
    }

    /// <summary>The model's own names to the file's keys.</summary>
    private static Dictionary<string, string> Keys(SafetensorsFile file, PeftConfig config, List<string> notes)
    {
        var all = file.Header.Entries.Keys.ToList();
        if (config is LoraPeftConfig && !all.Any(key => key.Contains("lora_", StringComparison.Ordinal)))
            throw new AdapterRefusedException($"{file.Path}: there is no lora_A in it: these are the tensors of a whole model. Use it as a model.");
        bool bare = config is LoraPeftConfig && !all.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal));
        if (bare) notes.Add($"The keys lack '{Prefix}'; they are read as if it were there.");
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in all)
        {
            string name = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
            name = name.Replace(".modules_to_save.default.", ".", StringComparison.Ordinal).Replace(_adapterName, ".", StringComparison.Ordinal);
            if (!keys.TryAdd(name, key)) throw new AdapterRefusedException($"{file.Path}: '{key}' and '{keys[name]}' are the same tensor by two names.");
        }

        return keys;
    }

    private static string Elsewhere(string folder) =>
        Directory.EnumerateDirectories(folder).Where(below => File.Exists(Path.Combine(below, ConfigFile))).Select(below => Path.GetFileName(below)!).Order(StringComparer.Ordinal).FirstOrDefault() is { } below
            ? $", but there is one in its subfolder '{below}': give that" : "";

    private static string Shown(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
