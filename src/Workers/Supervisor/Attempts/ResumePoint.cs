namespace Ptune.Supervisor.Attempts;

/// <summary>Where an attempt may begin: a checkpoint on this machine, or the start.</summary>
/// <param name="File">Null: the start.</param>
/// <param name="Words">For the log.</param>
/// <param name="IsNamed">It is what the job's state names: its newest checkpoint, or the start where it has none.</param>
internal sealed record ResumePoint(string? File, string Words, bool IsNamed);
