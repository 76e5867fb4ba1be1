namespace Ptune.Simulation.Tests.Promises;

/// <summary>A promise was broken.</summary>
public sealed class ViolationException(string message) : Exception(message);
