using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>What a model may be computed in, by Hugging Face's words.</summary>
internal static class ComputeTypes
{
    private static readonly Dictionary<string, ScalarType> _all = new() { ["float32"] = ScalarType.Float32, ["bfloat16"] = ScalarType.BFloat16 };

    /// <exception cref="LearningException">It is another word.</exception>
    public static ScalarType Of(string word) =>
        _all.TryGetValue(word, out var type) ? type : throw new LearningException($"dtype '{word}' is not one of {string.Join(", ", _all.Keys)}.");
}
