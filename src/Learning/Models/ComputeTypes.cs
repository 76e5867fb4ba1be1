using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>What a model may be computed and stored in, by Hugging Face's words.</summary>
internal static class ComputeTypes
{
    private static readonly Dictionary<string, ScalarType> _computed = new() { ["float32"] = ScalarType.Float32, ["bfloat16"] = ScalarType.BFloat16 };

    // Numbers of float16 are read and written; a processor computes far too slowly with them.
    private static readonly Dictionary<string, ScalarType> _stored = new(_computed) { ["float16"] = ScalarType.Float16 };

    /// <exception cref="LearningException">It is another word.</exception>
    public static ScalarType Of(string word) => Of(word, _computed);

    /// <summary>The same of a model's files, which may be float16, too.</summary>
    /// <exception cref="LearningException">It is another word.</exception>
    public static ScalarType StoredOf(string word) => Of(word, _stored);

    /// <summary>The word for a type that models are stored in.</summary>
    public static string NameOf(ScalarType type) => _stored.First(pair => pair.Value == type).Key;

    /// <summary>The word for a type of safetensors; the same where there is none.</summary>
    public static string WordOf(TensorType type) => type.Torch is { } known && _stored.ContainsValue(known) ? NameOf(known) : type.Name;

    private static ScalarType Of(string word, Dictionary<string, ScalarType> known) =>
        known.TryGetValue(word, out var type) ? type : throw new LearningException($"dtype '{word}' is not one of {string.Join(", ", known.Keys)}.");
}
