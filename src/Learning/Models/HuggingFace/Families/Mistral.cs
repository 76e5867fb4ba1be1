using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>Mistral (arXiv 2310.06825): a Llama whose layers see a window.</summary>
internal static class Mistral
{
    private const long _keyHeads = 8;
    private const long _window = 4096;
    private const long _context = 131_072;

    public static ModelFamily Family { get; } = Llama.Of("mistral", "Mistral", Read) with { Fresh = spec => spec is MistralSpec mistral ? Llama.Words(mistral, ("sliding_window", (JsonNode?)mistral.Window)) : null };

    private static DecoderConfig Read(JsonWords config)
    {
        var common = Llama.Common(config, keyHeads: _keyHeads, context: _context);
        // null switches the window off; only where the word is absent does the default hold.
        long? window = config.Root.TryGetProperty("sliding_window", out _) ? config.OptionalWhole("sliding_window") : _window;
        return common with { Windows = window is null ? [] : [.. Enumerable.Repeat(window, common.Layers)] };
    }
}
