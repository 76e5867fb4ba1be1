namespace Ptune.Learning;

/// <summary>A checkpoint is of another job, another network or another step than it says.</summary>
public sealed class CheckpointException(string file, string problem) : LearningException($"{file}: {problem}")
{
    /// <summary>The checkpoint's path.</summary>
    public string File { get; } = file;
}
