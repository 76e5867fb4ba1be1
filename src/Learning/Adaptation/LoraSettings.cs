namespace Ptune.Learning.Adaptation;

/// <summary>Low-rank deltas of a model: where, how wide, how much they count.</summary>
internal sealed record LoraSettings
{
    public required LoraTargets Targets { get; init; }

    public required int Rank { get; init; }

    public required double Alpha { get; init; }

    /// <summary>Whether the scale is alpha / sqrt(r), which keeps large ranks learning (arXiv 2312.03732); else alpha / r.</summary>
    public bool RankStabilized { get; init; }

    /// <summary>Ranks of some modules; the first pattern that matches counts.</summary>
    public IReadOnlyList<(ModulePattern Module, int Rank)> Ranks { get; init; } = [];

    /// <summary>Alphas of some modules; the first pattern that matches counts.</summary>
    public IReadOnlyList<(ModulePattern Module, double Alpha)> Alphas { get; init; } = [];

    /// <summary>The share of a layer's inputs that training leaves out.</summary>
    public double Dropout { get; init; }

    public int RankOf(IReadOnlyList<string> names) => Ranks.Where(pair => pair.Module.Matches(names)).Select(pair => (int?)pair.Rank).FirstOrDefault() ?? Rank;

    public double AlphaOf(IReadOnlyList<string> names) => Alphas.Where(pair => pair.Module.Matches(names)).Select(pair => (double?)pair.Alpha).FirstOrDefault() ?? Alpha;

    /// <summary>What a module's product B A counts.</summary>
    public double ScaleOf(IReadOnlyList<string> names)
    {
        double rank = RankOf(names);
        return AlphaOf(names) / (RankStabilized ? Math.Sqrt(rank) : rank);
    }
}
