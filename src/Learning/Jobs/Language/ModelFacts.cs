using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a manifest says of a language model.</summary>
internal static class ModelFacts
{
    /// <param name="config">The model's.</param>
    /// <param name="tokenizer">Its tokenizer; null where it has none.</param>
    /// <param name="dtype">What its weights are stored in.</param>
    public static SortedDictionary<string, string> Attributes(PretrainedConfig config, Tokenizer? tokenizer, string dtype)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [AttributeNames.Family] = config.ModelType,
            [AttributeNames.Architecture] = config.ModelType,
            [AttributeNames.Dtype] = dtype,
        };
        if (config is DecoderConfig decoder)
        {
            facts[AttributeNames.Context] = $"{decoder.Context}";
            if (tokenizer is not null) facts[AttributeNames.OutputSpace] = OutputSpace.OfTokens(tokenizer.Vocabulary);
        }
        else if (config is BertConfig bert)
        {
            facts[AttributeNames.Context] = $"{bert.Context}";
            facts[AttributeNames.OutputSpace] = OutputSpace.OfLabels(bert.Labels);
        }

        return facts;
    }

    public static SortedDictionary<string, double> Metrics(PretrainedConfig config)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.Parameters] = config.Parameters.Sum(parameter => parameter.Elements) };
        if (config is DecoderConfig decoder) figures[MetricNames.Vocabulary] = decoder.Vocabulary;
        return figures;
    }
}
