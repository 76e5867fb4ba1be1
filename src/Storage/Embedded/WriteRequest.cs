namespace Ptune.Storage.Embedded;

/// <summary>One statement that waits for the writer's next commit.</summary>
/// <param name="Execute">Runs inside the group's transaction; it answers how many rows changed.</param>
internal sealed record WriteRequest(Func<SqliteWriter, long> Execute)
{
    /// <summary>Set after the commit, never before.</summary>
    public TaskCompletionSource<long> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Result { get; set; }
}
