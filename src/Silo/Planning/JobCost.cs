namespace Ptune.Silo.Planning;

/// <summary>What a job is likely to cost, by finished ones of its sort.</summary>
/// <param name="Seconds">On one device.</param>
/// <param name="ArtifactBytes">Of what it makes.</param>
internal readonly record struct JobCost(double Seconds, long ArtifactBytes);
