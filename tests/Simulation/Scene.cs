namespace Ptune.Simulation.Tests;

/// <summary>What people ask for in a schedule.</summary>
internal enum Scene
{
    /// <summary>Jobs by themselves, by several people.</summary>
    Jobs,

    /// <summary>A study.</summary>
    Study,

    /// <summary>A sweep: a grid, random trials or ones that stop early, as the seed says.</summary>
    Sweep,
}
