namespace Ptune.Simulation.Tests.Silos;

/// <summary>A grain's identity.</summary>
internal readonly record struct GrainKey(Type Grain, string Key);
