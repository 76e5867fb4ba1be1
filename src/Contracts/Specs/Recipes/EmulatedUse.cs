using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Emulated fine-tuning, or proxy-tuning (arXiv 2401.08565): weight times the difference of two models' log-probabilities is added to a language model's.</summary>
[GenerateSerializer, Alias("ptune.EmulatedUse")]
public sealed record EmulatedUse
{
    [Id(0), Description("The tuned source: name@version, sha256:... or job:...")]
    public required string Tuned { get; init; }

    [Id(1), Description("The source before it was tuned.")]
    public required string Source { get; init; }

    [Id(2), Range(-1000, 1000), Description("What the difference is multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;
}
