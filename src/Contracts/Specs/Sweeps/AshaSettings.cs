using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>How early a sweep stops trials (Li et al., A System for Massively Parallel Hyperparameter Tuning, arXiv 1810.05934).</summary>
[GenerateSerializer, Alias("ptune.AshaSettings")]
public sealed record AshaSettings
{
    [Id(0), Range(2, 100), Description("The reduction factor: one in this many trials of a rung is promoted to the next, which has this many times the epochs. Default: 3.")]
    public int Reduction { get; init; } = 3;

    [Id(1), Range(1, 100_000), Description("Epochs of the first rung. Default: 1.")]
    public int MinEpochs { get; init; } = 1;

    /// <summary>The epochs of each rung: minEpochs * reduction^k as long as they are fewer than the job's, and then the job's.</summary>
    public int[] Rungs(int epochs)
    {
        var rungs = new List<int>();
        for (long rung = MinEpochs; rung < epochs; rung *= Reduction) rungs.Add((int)rung);
        return [.. rungs, epochs];
    }
}
