namespace Ptune.Contracts.Jobs;

/// <summary>What the attempt is to do.</summary>
public enum HeartbeatReply
{
    /// <summary>Go on: the lease is renewed.</summary>
    Continue = 0,

    /// <summary>Write a checkpoint, stop, and release.</summary>
    Cancel = 1,

    /// <summary>The attempt is no longer the current one: stop at once, nothing that it writes counts.</summary>
    Fenced = 2,

    /// <summary>Write a checkpoint, stop, and release: the job is to go on later.</summary>
    Suspend = 3,
}
