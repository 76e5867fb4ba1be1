using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Low-rank deltas are tuned on the source, and measured there; the settings are those of <see cref="LoraMethod"/>.</summary>
[GenerateSerializer, Alias("ptune.LoraStudyMethod")]
public sealed record LoraStudyMethod : TunedStudyMethod
{
    [Id(0), Range(1, 65536), Description("Rank of the deltas. Default: 8.")]
    public int Rank { get; init; } = 8;

    [Id(1), Range(0, 1e6, MinimumIsExclusive = true), Description("Alpha: a delta counts alpha / rank. Default: twice the rank.")]
    public double? Alpha { get; init; }

    [Id(2), MaxLength(2000), Description("The layers: all-linear, names separated by commas (q_proj, v_proj), or a regular expression of the whole name. Default: all-linear.")]
    public string Targets { get; init; } = LoraMethod.AllLinear;

    [Id(3), Description("Whether a delta counts alpha / sqrt(rank) (rsLoRA, arXiv 2312.03732). Default: false.")]
    public bool? Rslora { get; init; }

    [Id(4), MaxLength(1000), Description("Ranks of some layers, by name or regular expression. Default: none.")]
    public Dictionary<string, int>? RankPattern { get; init; }

    [Id(5), MaxLength(1000), Description("Alphas of some layers, by name or regular expression. Default: none.")]
    public Dictionary<string, double>? AlphaPattern { get; init; }

    [Id(6), Range(0, 0.999), Description("Dropout of the deltas' inputs. Default: 0.")]
    public double? Dropout { get; init; }

    protected override TuningMethod Tuning() =>
        new LoraMethod { Rank = Rank, Alpha = Alpha, Targets = Targets, Rslora = Rslora, RankPattern = RankPattern, AlphaPattern = AlphaPattern, Dropout = Dropout };
}
