namespace Ptune.Contracts.Jobs;

/// <summary>Whether an attempt's last word was taken.</summary>
public enum AttemptReply
{
    Accepted = 0,

    /// <summary>The attempt is no longer the current one; nothing was changed.</summary>
    Fenced = 1,
}
