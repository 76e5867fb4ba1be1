using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Estimates;

/// <summary>A shape as a model's manifest holds it: the figures that estimates for later jobs need, without its files.</summary>
public static class ShapeMetrics
{
    public static IEnumerable<KeyValuePair<string, double>> Of(DecoderShape shape) =>
    [
        new(MetricNames.ShapeLayers, shape.Layers),
        new(MetricNames.ShapeWidth, shape.Width),
        new(MetricNames.ShapeInner, shape.Inner),
        new(MetricNames.ShapeQueryWidth, shape.QueryWidth),
        new(MetricNames.ShapeKeyWidth, shape.KeyWidth),
        new(MetricNames.ShapeGated, shape.Gated ? 1 : 0),
    ];

    /// <returns>Null where a figure is missing: the model is no decoder, or its manifest is older than these figures.</returns>
    public static DecoderShape? Read(IReadOnlyDictionary<string, double> metrics) =>
        metrics.TryGetValue(MetricNames.Parameters, out var parameters) && metrics.TryGetValue(MetricNames.Vocabulary, out var vocabulary)
        && metrics.TryGetValue(MetricNames.ShapeLayers, out var layers) && metrics.TryGetValue(MetricNames.ShapeWidth, out var width)
        && metrics.TryGetValue(MetricNames.ShapeInner, out var inner) && metrics.TryGetValue(MetricNames.ShapeQueryWidth, out var query)
        && metrics.TryGetValue(MetricNames.ShapeKeyWidth, out var key) && metrics.TryGetValue(MetricNames.ShapeGated, out var gated)
            ? new DecoderShape
            {
                Parameters = (long)parameters,
                Layers = (int)layers,
                Width = (long)width,
                Inner = (long)inner,
                QueryWidth = (long)query,
                KeyWidth = (long)key,
                Vocabulary = (long)vocabulary,
                Gated = gated != 0,
            }
            : null;
}
