using Ptune.Contracts.Audit;

namespace Ptune.Grains.Audit;

/// <summary>An entry that waits to be written, and its caller.</summary>
internal sealed record Waiting(AuditEntry Entry)
{
    /// <summary>How often its place was taken.</summary>
    public int Tries { get; set; }

    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
