using Ptune.Contracts.Jobs;

namespace Ptune.Supervisor.Attempts;

/// <summary>An attempt cannot have a result, and why.</summary>
internal sealed class AttemptException(FailureCause cause, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureCause Cause => cause;
}
