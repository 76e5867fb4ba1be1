namespace Ptune.Contracts.Specs;

/// <summary>The share of texts whose label is the likeliest one: of a classifier its head's, of a language model the likeliest continuation.</summary>
[GenerateSerializer, Alias("ptune.AccuracyTask")]
public sealed record AccuracyTask : TaskSpec
{
    public override bool Fits(TextFormat format) => format == TextFormat.TextLabel;
}
