namespace Ptune.Grains.Sweeps.Strategies;

/// <summary>What a sweep does next: trains a trial at a rung.</summary>
/// <param name="Trial">The trial's number, from 1; one more than there are begins a new trial.</param>
/// <param name="Rung">From 0.</param>
internal readonly record struct SweepStep(int Trial, int Rung);
