namespace Ptune.Supervisor.Attempts;

/// <summary>Where an attempt may begin: a checkpoint on this machine, or the start.</summary>
/// <param name="File">Null: the start.</param>
/// <param name="Words">For the log.</param>
internal sealed record ResumePoint(string? File, string Words);
