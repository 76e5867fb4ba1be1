namespace Ptune.Grains.Sweeps.Strategies;

/// <summary>A trial at one rung.</summary>
/// <param name="IsOver">Nothing more is awaited of it.</param>
/// <param name="Objective">What it reached, the greater the better; null while it is under way, and when it failed.</param>
internal readonly record struct RungStanding(bool IsOver, double? Objective);
