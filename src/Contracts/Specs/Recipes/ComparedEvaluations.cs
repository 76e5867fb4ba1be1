using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Evaluations that are compared with one other, all of the same examples.</summary>
[GenerateSerializer, Alias("ptune.ComparedEvaluations")]
public sealed record ComparedEvaluations
{
    [Id(0), Description("The evaluation to compare with: name@version, sha256:... or job:...")]
    public required string Before { get; init; }

    [Id(1), MinLength(1), MaxLength(ComparisonSpec.MaxParts), Description("The evaluations that are compared with it.")]
    public required string[] After { get; init; }
}
