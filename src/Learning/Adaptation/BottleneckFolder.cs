using System.Text.Json;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>Houlsby adapters on disk. PEFT has no format for them, so this one is ours: the tensors by their names, and a configuration that says what they are.</summary>
internal static class BottleneckFolder
{
    public const string ConfigFile = "adapter_config.json";
    public const string WeightsFile = "adapter_model.safetensors";

    private const string _kindWord = "adapter_type";
    private const string _kind = "houlsby";
    private const string _widthWord = "bottleneck";

    /// <summary>Whether a configuration is one of these.</summary>
    public static bool IsOne(JsonWords config) => config.OptionalText(_kindWord) == _kind;

    public static void Write(string folder, Adapter adapter, int width)
    {
        SafetensorsWriter.Write(
            Path.Combine(folder, WeightsFile),
            adapter.Parameters.Gradients().Select(pair => TensorBytes.Of(pair.Name, adapter.Parameters[pair.Name])),
            new Dictionary<string, string> { ["format"] = "pt" });
        var config = new SortedDictionary<string, object> { [_kindWord] = _kind, [_widthWord] = width };
        AtomicFile.Write(Path.Combine(folder, ConfigFile), stream => JsonSerializer.Serialize(stream, config));
    }

    /// <summary>Hangs the adapters of a folder on their base.</summary>
    /// <exception cref="LearningException">They do not fit it.</exception>
    public static Adapter Attach(string folder, JsonWords config, Network network, Device device)
    {
        if (network is not Decoder decoder) throw new AdapterRefusedException($"{folder}: these adapters belong to a decoder.");
        using var file = SafetensorsFile.Open(Path.Combine(folder, WeightsFile));
        var layout = HoulsbyAdapters.Layout(network, ModulePattern.Ends([decoder.Config.Names.Output, decoder.Config.Names.Down]), (int)config.Whole(_widthWord));
        foreach (var part in layout.Parts)
        {
            if (!file.Header.Entries.TryGetValue(part.Key, out var entry)) throw new AdapterRefusedException($"{file.Path}: there is no tensor '{part.Key}', which the base asks for.");
            if (!entry.Shape.SequenceEqual(part.Shape)) throw new AdapterRefusedException($"{file.Path}: '{part.Key}' is [{string.Join(", ", entry.Shape)}], but with this base it must be [{string.Join(", ", part.Shape)}].");
        }

        if (file.Header.Entries.Count != layout.Parts.Count) throw new AdapterRefusedException($"{file.Path}: it has {file.Header.Entries.Count} tensors, and this base asks for {layout.Parts.Count}.");
        return Adapter.Of(layout, part => file.Tensor(part.Key), device, trainable: false);
    }
}
