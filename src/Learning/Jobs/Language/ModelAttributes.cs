using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Learning.Importing;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a manifest says of a language model or encoder, in its own names.</summary>
internal static class ModelAttributes
{
    public static SortedDictionary<string, string> Of(ModelFacts facts)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [AttributeNames.Family] = facts.Family,
            [AttributeNames.Architecture] = facts.Family,
            [AttributeNames.Dtype] = string.Join(", ", facts.Dtypes),
            [AttributeNames.Licence] = facts.Licence,
            [AttributeNames.Weights] = facts.Weights,
        };
        if (facts.Context is { } context) attributes[AttributeNames.Context] = $"{context}";
        if (facts.OutputSpace is { } space) attributes[AttributeNames.OutputSpace] = space;
        return attributes;
    }

    public static SortedDictionary<string, double> Metrics(ModelFacts facts)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.Parameters] = facts.Parameters };
        if (facts.Vocabulary is { } vocabulary) figures[MetricNames.Vocabulary] = vocabulary;
        foreach (var (name, figure) in facts.Vocabulary is null ? ShapeMetrics.OfEncoder(facts.Shape) : ShapeMetrics.Of(facts.Shape)) figures[name] = figure;
        return figures;
    }

    public static SortedDictionary<string, string> Of(PatchFacts facts)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [AttributeNames.Method] = facts.Kind,
            [AttributeNames.Weights] = facts.BaseWeights,
        };
        if (facts.Targets.Count > 0) attributes[AttributeNames.Targets] = string.Join(", ", facts.Targets);
        if (facts.OutputSpace is { } space) attributes[AttributeNames.OutputSpace] = space;
        return attributes;
    }

    public static SortedDictionary<string, double> Metrics(PatchFacts facts)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.Parameters] = facts.Parameters, [MetricNames.ProbeChange] = facts.ProbeChange };
        if (facts.Rank is { } rank) figures[MetricNames.Rank] = rank;
        return figures;
    }
}
