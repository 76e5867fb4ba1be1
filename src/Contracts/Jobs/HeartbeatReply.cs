namespace Ptune.Contracts.Jobs;

/// <summary>What the attempt is to do.</summary>
public enum HeartbeatReply
{
    /// <summary>Go on: the lease is renewed.</summary>
    Continue = 0,

    /// <summary>Write a checkpoint, stop, and release.</summary>
    Cancel = 1,

    /// <summary>The attempt is stale: stop at once, nothing that it writes is accepted.</summary>
    Fenced = 2,

    /// <summary>Write a checkpoint, stop, and release: the job is to go on later.</summary>
    Suspend = 3,
}
