using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Texts on which it is measured how safe a port is, before it is judged: eps = KL(source || target), C and how far the target is moved.</summary>
[GenerateSerializer, Alias("ptune.StudyProbe")]
public sealed record StudyProbe
{
    [Id(0), Description("The texts: a name under datasets. Default: tuning.data.")]
    public string? Data { get; init; }

    [Id(1), Description("The split: validation or test. Default: validation.")]
    public Split Split { get; init; } = Split.Validation;

    [Id(2), Range(1, 1_000_000_000), Description("Use only this many records of the split, from its beginning. Default: all.")]
    public int? Count { get; init; }
}
