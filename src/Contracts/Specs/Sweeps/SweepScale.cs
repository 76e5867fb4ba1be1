namespace Ptune.Contracts.Specs;

/// <summary>How values between two bounds are drawn. The numbers are stored.</summary>
public enum SweepScale
{
    /// <summary>Evenly.</summary>
    Linear = 0,

    /// <summary>Evenly in the logarithm: as many between 0.001 and 0.01 as between 0.01 and 0.1.</summary>
    Log = 1,
}
