namespace Ptune.Contracts.Specs;

/// <summary>The likeliest of the choices, by sum, per character and per byte (the harness's acc, acc_norm and acc_bytes).</summary>
[GenerateSerializer, Alias("ptune.MultipleChoiceTask")]
public sealed record MultipleChoiceTask : TaskSpec
{
    public override bool Fits(TextFormat format) => format == TextFormat.MultipleChoice;
}
