namespace Ptune.Contracts.Jobs;

/// <summary>Whether an attempt's completion, failure or release was accepted.</summary>
public enum AttemptReply
{
    Accepted = 0,

    /// <summary>The attempt is stale; nothing was changed.</summary>
    Fenced = 1,
}
