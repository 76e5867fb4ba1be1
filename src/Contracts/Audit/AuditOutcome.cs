namespace Ptune.Contracts.Audit;

/// <summary>What became of a request.</summary>
public enum AuditOutcome
{
    /// <summary>The change was made.</summary>
    Done = 0,

    /// <summary>The change is about to be made; a row of the same request follows where it fails.</summary>
    Begun = 1,

    /// <summary>The request was refused. Nothing was changed.</summary>
    Refused = 2,

    /// <summary>A change that was begun failed, and may have been made in part.</summary>
    Failed = 3,
}
