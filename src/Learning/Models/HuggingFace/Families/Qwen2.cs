using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>Qwen2 and Qwen2.5 (arXiv 2407.10671): a Llama with biases on queries, keys and values.</summary>
internal static class Qwen2
{
    private const long _keyHeads = 32;
    private const long _context = 32_768;
    private const long _firstWindow = 28;

    public static ModelFamily Family { get; } = Llama.Of("qwen2", "Qwen2", Read) with { Fresh = spec => spec is Qwen2Spec qwen ? Llama.Words(qwen, ("use_sliding_window", false)) : null };

    private static DecoderConfig Read(JsonWords config)
    {
        var common = Llama.Common(config, _keyHeads, context: _context);
        return common with { QkvBias = true, Windows = DecoderWords.QwenWindows(config, common.Layers, _firstWindow) };
    }
}
