using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>Qwen3 (arXiv 2505.09388): a Llama whose queries and keys are normalized head by head.</summary>
internal static class Qwen3
{
    private const long _keyHeads = 32;
    private const long _headWidth = 128;
    private const long _context = 32_768;
    private const long _firstWindow = 28;

    public static ModelFamily Family { get; } = Llama.Of("qwen3", "Qwen3", Read) with { Fresh = spec => spec is Qwen3Spec qwen ? Llama.Words(qwen, ("use_sliding_window", false), ("head_dim", qwen.Width / qwen.Heads)) : null };

    private static DecoderConfig Read(JsonWords config)
    {
        var common = Llama.Common(config, _keyHeads, _headWidth, _context);
        bool bias = config.Flag("attention_bias", false);
        return common with { QkvBias = bias, OutputBias = bias, QueryKeyNorm = true, Windows = DecoderWords.QwenWindows(config, common.Layers, _firstWindow) };
    }
}
