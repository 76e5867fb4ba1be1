using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>What a folder's <c>config.json</c> says of every family.</summary>
internal static class ModelConfig
{
    private const string _adapterFile = "adapter_config.json";

    private const string _hint =
        " It is an encoder without a classification head, so it answers nothing yet. Fine-tuning on labels gives it a new head: import it with `ptune models import --without-head`, tune it, and use what comes out.";

    /// <exception cref="ModelRefusedException">There is none, or it cannot be read.</exception>
    public static JsonWords Open(FolderFiles files, List<string> notes)
    {
        if (files.Find(PretrainedFolder.ConfigFile) is { } path) return JsonWords.Read(path, notes);
        throw new ModelRefusedException(files.Find(_adapterFile) is null
            ? $"{files.Folder} holds no {PretrainedFolder.ConfigFile}: it is not a Hugging Face model folder."
            : $"{files.Folder} holds {_adapterFile} and no {PretrainedFolder.ConfigFile}: it is an adapter, not a model. Import it with `ptune patches import`.");
    }

    /// <param name="withoutHead">A classifier may lack its head.</param>
    /// <exception cref="ModelRefusedException">The weights need a method that is not there, or belong to another class.</exception>
    public static void RefuseWhatIsNotComputed(JsonWords config, ModelFamily family, bool withoutHead)
    {
        if (config.Section("quantization_config") is { } quantized)
        {
            string method = quantized.OptionalText("quant_method") is { } named ? $"'{Readable.Text(named)}'" : "without a quant_method";
            throw config.Refuse($"quantization_config {method}: quantised weights are not computed here. Take the unquantised model, or dequantise it with transformers first.");
        }

        string? architecture = config.Texts("architectures") is [var first, ..] ? first : null;
        if (config.Section("auto_map") is { } code)
        {
            var modules = code.Root.EnumerateObject().Select(entry => entry.Value.ToString()).Where(name => name.Contains('.'))
                .Select(name => $"{name.Split('.')[0]}.py").Distinct().ToList();
            config.Notes.Add($"config.json names code of its own (auto_map: {Readable.Some(modules)}). It was not run: the model is computed as a plain {family.ModelType}.");
        }

        bool isHeadless = architecture is not null && family.Headless.Contains(architecture);
        if (architecture is not null && !family.Architectures.Contains(architecture) && !(withoutHead && isHeadless))
        {
            string head = family.OtherHeads.FirstOrDefault(other => architecture.EndsWith(other.Architecture, StringComparison.Ordinal)).Head ?? "another head";
            throw config.Refuse($"architectures says {Readable.Text(architecture)}, which has {head}; a {family.Architectures[0]} is computed here.{(isHeadless ? _hint : "")}");
        }
    }

    /// <summary>The one weights file that the configuration names, where it does.</summary>
    /// <exception cref="ModelRefusedException">It lies outside of the folder.</exception>
    public static string? WeightsFile(JsonWords config, FolderFiles files)
    {
        const string word = "transformers_weights";
        if (config.OptionalText(word) is not { } name) return null;
        try
        {
            return files.Find(name) is null ? throw config.Refuse($"{word} names {Readable.Text(name)}, which is not there.") : name;
        }
        catch (ModelRefusedException error)
        {
            throw config.Refuse($"{word} '{Readable.Text(name)}': {error.Message}");
        }
    }
}
