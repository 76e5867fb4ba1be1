using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Estimates;

/// <summary>A shape as a model's manifest holds it: the figures that estimates for later jobs need, without its files. Of a language model the head has a row for each entry of the vocabulary, which stands there anyway.</summary>
public static class ShapeMetrics
{
    public static IEnumerable<KeyValuePair<string, double>> Of(TransformerShape shape) =>
    [
        new(MetricNames.ShapeLayers, shape.Layers),
        new(MetricNames.ShapeWidth, shape.Width),
        new(MetricNames.ShapeInner, shape.Inner),
        new(MetricNames.ShapeQueryWidth, shape.QueryWidth),
        new(MetricNames.ShapeKeyWidth, shape.KeyWidth),
        new(MetricNames.ShapeGated, shape.Gated ? 1 : 0),
        .. shape.Image is { } image ? [new(MetricNames.ShapeImageTokens, image.Tokens), new(MetricNames.ShapeImagePixels, image.Pixels)] : Array.Empty<KeyValuePair<string, double>>(),
    ];

    /// <summary>A shape whose head has no vocabulary's rows, but labels'.</summary>
    public static IEnumerable<KeyValuePair<string, double>> OfEncoder(TransformerShape shape) => Of(shape).Append(new(MetricNames.ShapeOutputs, shape.Outputs));

    /// <returns>Null where a figure is missing: the model is no transformer, or its manifest is older than these figures.</returns>
    public static TransformerShape? Read(IReadOnlyDictionary<string, double> metrics) =>
        metrics.TryGetValue(MetricNames.Parameters, out var parameters) && (metrics.TryGetValue(MetricNames.ShapeOutputs, out var outputs) || metrics.TryGetValue(MetricNames.Vocabulary, out outputs))
        && metrics.TryGetValue(MetricNames.ShapeLayers, out var layers) && metrics.TryGetValue(MetricNames.ShapeWidth, out var width)
        && metrics.TryGetValue(MetricNames.ShapeInner, out var inner) && metrics.TryGetValue(MetricNames.ShapeQueryWidth, out var query)
        && metrics.TryGetValue(MetricNames.ShapeKeyWidth, out var key) && metrics.TryGetValue(MetricNames.ShapeGated, out var gated)
            ? new TransformerShape
            {
                Parameters = (long)parameters,
                Layers = (int)layers,
                Width = (long)width,
                Inner = (long)inner,
                QueryWidth = (long)query,
                KeyWidth = (long)key,
                Outputs = (long)outputs,
                Gated = gated != 0,
                Image = metrics.TryGetValue(MetricNames.ShapeImageTokens, out var tokens) && metrics.TryGetValue(MetricNames.ShapeImagePixels, out var pixels) ? new ImageShape((long)tokens, (long)pixels) : null,
            }
            : null;
}
