using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>What several families' configurations say alike.</summary>
internal static class DecoderWords
{
    // Far beyond any model: what is larger is a damaged file, and would be looped over.
    private const long _mostLayers = 10_000;

    public static int Layers(JsonWords config, string word)
    {
        long layers = config.Whole(word);
        return layers <= _mostLayers ? (int)layers : throw config.Refuse($"{word} is {layers}; no more than {_mostLayers} are read.");
    }

    public static long HeadWidth(JsonWords config, string widthWord, long width, string headsWord, long heads) =>
        width % heads == 0 ? width / heads : throw config.Refuse($"{headsWord} {heads} does not divide {widthWord} {width}.");

    public static Activation Activation(JsonWords config, string word, string otherwise)
    {
        string name = config.OptionalText(word) ?? otherwise;
        return Activations.Words.TryGetValue(name, out var activation)
            ? activation
            : throw config.Refuse($"{word} '{Readable.Text(name)}' is not computed here; known are {string.Join(", ", Activations.Words.Keys)}.");
    }

    /// <summary>
    /// For each layer how far it sees: by <c>layer_types</c> where it stands, else by <c>use_sliding_window</c> and <c>max_window_layers</c>,
    /// from which layer on the window holds.
    /// </summary>
    public static IReadOnlyList<long?> QwenWindows(JsonWords config, int layers, long firstByDefault)
    {
        long? window = config.Flag("use_sliding_window", false) ? config.OptionalWhole("sliding_window") : null;
        if (config.Texts("layer_types") is { } types) return ByTypes(config, types, layers, window);
        long first = config.Whole("max_window_layers", firstByDefault, least: 0);
        return window is null ? [] : [.. Enumerable.Range(0, layers).Select(layer => layer >= first ? window : null)];
    }

    private static IReadOnlyList<long?> ByTypes(JsonWords config, IReadOnlyList<string> types, int layers, long? window)
    {
        if (types.Count != layers) throw config.Refuse($"layer_types names {types.Count} layers, and num_hidden_layers is {layers}.");
        return [.. types.Select(type => type switch
        {
            "full_attention" => (long?)null,
            "sliding_attention" => window ?? throw config.Refuse("layer_types says sliding_attention, but there is no sliding_window in use."),
            _ => throw config.Refuse($"layer_types '{Readable.Text(type)}' is not computed here; known are full_attention and sliding_attention."),
        })];
    }
}
