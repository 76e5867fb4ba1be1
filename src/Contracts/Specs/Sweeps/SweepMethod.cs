namespace Ptune.Contracts.Specs;

/// <summary>How a sweep chooses its trials. The numbers are stored.</summary>
public enum SweepMethod
{
    /// <summary>Every combination of the values.</summary>
    Grid = 0,

    /// <summary>Values drawn at random, each trial by itself.</summary>
    Random = 1,

    /// <summary>As random, and all but the best stop early: asynchronous successive halving (arXiv 1810.05934).</summary>
    Asha = 2,
}
