using Ptune.Contracts.Audit;

namespace Ptune.Grains.Audit;

/// <summary>An entry that waits to be written, and its caller.</summary>
internal sealed record Waiting(AuditEntry Entry)
{
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
