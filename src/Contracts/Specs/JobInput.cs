namespace Ptune.Contracts.Specs;

/// <summary>One input of a job: its role ("source"), its path in the spec, and an <see cref="InputRef"/>.</summary>
public readonly record struct JobInput(string Role, string Path, string Reference, ArtifactKind Kind);
