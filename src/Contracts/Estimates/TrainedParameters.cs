using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>How many numbers a method trains of a model.</summary>
public static class TrainedParameters
{
    private static readonly string[] QueryAndValue = ["q_proj", "v_proj"];

    public static long Of(TuningMethod method, TransformerShape shape) => method switch
    {
        FullMethod => shape.Parameters,
        HeadMethod => shape.Outputs * shape.Width,
        // Other targets than these two are counted as all layers: too many rather than too few.
        LoraMethod lora => shape.LoraParameters(Math.Max(lora.Rank, lora.RankPattern?.Values.DefaultIfEmpty(0).Max() ?? 0), allLinear: !AreQueryAndValue(lora.Targets)),
        // Behind the attention and behind the feed-forward part: two matrices with their biases.
        AdapterMethod adapter => 2L * shape.Layers * ((2 * shape.Width * adapter.Width) + adapter.Width + shape.Width),
        SoftPromptMethod prompt => prompt.Tokens * shape.Width,
        _ => throw new ArgumentException($"{method.GetType().Name} is not known here.", nameof(method)),
    };

    private static bool AreQueryAndValue(string targets) =>
        targets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).SequenceEqual(QueryAndValue);
}
