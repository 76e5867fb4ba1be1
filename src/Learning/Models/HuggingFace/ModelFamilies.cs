using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace.Families;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Every kind of checkpoint that is understood: one line each.</summary>
internal static class ModelFamilies
{
    private static readonly SortedDictionary<string, ModelFamily> _all = new(
        new ModelFamily[] { Llama.Family, Mistral.Family, Qwen2.Family, Qwen3.Family, Gpt2.Family, GptNeoX.Family, Bert.Family, Vit.Family, Clip.Family }
            .ToDictionary(family => family.ModelType),
        StringComparer.Ordinal);

    private static readonly Dictionary<string, string> _others = new()
    {
        ["mixtral"] = "a mixture of experts",
        ["qwen2_moe"] = "a mixture of experts",
        ["qwen3_moe"] = "a mixture of experts",
        ["deepseek_v2"] = "a mixture of experts",
        ["deepseek_v3"] = "a mixture of experts",
        ["gpt_oss"] = "a mixture of experts",
        ["t5"] = "an encoder-decoder",
        ["mt5"] = "an encoder-decoder",
        ["bart"] = "an encoder-decoder",
        ["mbart"] = "an encoder-decoder",
        ["marian"] = "an encoder-decoder",
        ["whisper"] = "an encoder-decoder",
        ["mamba"] = "a state space model",
        ["mamba2"] = "a state space model",
    };

    /// <summary>Adds a family, before the first model is read.</summary>
    public static void Add(ModelFamily family) => _all.Add(family.ModelType, family);

    /// <summary>The family of a spec's architecture and its words; null: no family makes it.</summary>
    public static (ModelFamily Family, IEnumerable<(string Word, JsonNode? Value)> Words)? Fresh(DecoderSpec architecture)
    {
        foreach (var family in _all.Values)
        {
            if (family.Fresh(architecture) is { } words) return (family, words);
        }

        return null;
    }

    /// <summary>The family of a configuration.</summary>
    /// <exception cref="ModelRefusedException">It is not understood; the nearest known one is named.</exception>
    public static ModelFamily Of(JsonWords config)
    {
        string known = string.Join(", ", _all.Keys);
        string type = config.OptionalText("model_type") ?? throw config.Refuse($"model_type is missing; known are {known}.");
        if (_all.TryGetValue(type, out var family)) return family;
        string kind = _others.TryGetValue(type, out string? other) ? $", {other}," : "";
        string code = config.Has("auto_map") ? " Its own code (auto_map) is never run." : "";
        string near = _all.Keys.MinBy(name => Distance(name, type))!;
        string hint = Distance(near, type) <= 2 ? $" Is '{near}' meant?" : "";
        throw config.Refuse($"model_type '{Readable.Text(type)}'{kind} is not computed here.{hint}{code} Known are {known}.");
    }

    // Levenshtein's.
    private static int Distance(string first, string second)
    {
        second = second.Length > 64 ? second[..64] : second;
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int change = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
