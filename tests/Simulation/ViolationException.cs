namespace Ptune.Simulation.Tests;

/// <summary>A promise was broken.</summary>
public sealed class ViolationException(string message) : Exception(message);
