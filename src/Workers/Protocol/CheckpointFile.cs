namespace Ptune.Protocol;

/// <summary>A checkpoint on this machine, and the step that it stands at.</summary>
public sealed record CheckpointFile(string Path, long Step);
