using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>How many numbers a method trains of a model.</summary>
public static class TrainedParameters
{
    private static readonly string[] QueryAndValue = ["q_proj", "v_proj"];

    public static long Of(TuningMethod method, ModelShape shape) => (method, shape) switch
    {
        (FullMethod, _) => shape.Parameters,
        (_, TransformerShape transformer) => Of(method, transformer),
        (HeadMethod, ClassifierShape classifier) => classifier.Head,
        // Deltas and, beside them, the head. Any targets are counted as all layers.
        (LoraMethod lora, ClassifierShape classifier) => (Rank(lora) * classifier.LinearSides) + classifier.Head,
        _ => throw Unknown(method),
    };

    private static long Of(TuningMethod method, TransformerShape shape) => method switch
    {
        HeadMethod => shape.Outputs * shape.Width,
        // Other targets than these two are counted as all layers: too many rather than too few.
        LoraMethod lora => shape.LoraParameters(Rank(lora), allLinear: !AreQueryAndValue(lora.Targets)),
        // Behind the attention and behind the feed-forward part: two matrices with their biases.
        AdapterMethod adapter => 2L * shape.Layers * ((2 * shape.Width * adapter.Width) + adapter.Width + shape.Width),
        SoftPromptMethod prompt => prompt.Tokens * shape.Width,
        _ => throw Unknown(method),
    };

    private static int Rank(LoraMethod lora) => Math.Max(lora.Rank, lora.RankPattern?.Values.DefaultIfEmpty(0).Max() ?? 0);

    private static ArgumentException Unknown(TuningMethod method) => new($"{method.GetType().Name} is not known here.", nameof(method));

    private static bool AreQueryAndValue(string targets) =>
        targets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).SequenceEqual(QueryAndValue);
}
