using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>A kind of checkpoint that is understood: how its configuration is read, and how its files name things.</summary>
/// <param name="ModelType">The configuration's <c>model_type</c>.</param>
/// <param name="Architectures">The classes whose parameters are read, the usual one first.</param>
/// <param name="Read">The configuration's words -> the architecture.</param>
internal sealed record ModelFamily(string ModelType, IReadOnlyList<string> Architectures, Func<JsonWords, PretrainedConfig> Read)
{
    /// <summary>What a spec's architecture says in the words of <c>config.json</c>, behind the family's own name; null: it is another family's.</summary>
    public Func<DecoderSpec, IEnumerable<(string Word, JsonNode? Value)>?> Fresh { get; init; } = _ => null;

    /// <summary>What stands before every name in a whole model's file, and is absent where the trunk alone was saved.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Other names of a parameter that are met, in place of the usual one.</summary>
    public IReadOnlyList<(string Usual, string Other)> OtherEndings { get; init; } = [];

    /// <summary>Ends of names of buffers, which follow from the configuration and are not read.</summary>
    public IReadOnlyList<string> Buffers { get; init; } = [];

    /// <summary>Ends of the names of other classes, and the tensor that only they have.</summary>
    public IReadOnlyList<(string Architecture, string Head)> OtherHeads { get; init; } =
        [("ForSequenceClassification", "score.weight"), ("ForTokenClassification", "score.weight"), ("ForQuestionAnswering", "qa_outputs.weight")];

    /// <summary>The classes without a classification head, which can be given one and then tuned.</summary>
    public IReadOnlyList<string> Headless { get; init; } = [];

    /// <summary>The names by which a file may hold <paramref name="parameter"/>, the usual one first.</summary>
    public IEnumerable<string> NamesOf(string parameter)
    {
        yield return parameter;
        foreach (var (usual, other) in OtherEndings)
        {
            if (parameter.EndsWith(usual, StringComparison.Ordinal)) yield return parameter[..^usual.Length] + other;
        }

        if (Prefix.Length > 0 && parameter.StartsWith(Prefix, StringComparison.Ordinal)) yield return parameter[Prefix.Length..];
    }
}
