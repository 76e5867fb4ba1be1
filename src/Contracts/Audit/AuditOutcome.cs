namespace Ptune.Contracts.Audit;

/// <summary>What became of a request.</summary>
public enum AuditOutcome
{
    /// <summary>The change was made.</summary>
    Done = 0,

    /// <summary>The change is about to be made; a second row says what became of it. Where none follows, the server has died before it was known.</summary>
    Begun = 1,

    /// <summary>The request was refused. Nothing was changed.</summary>
    Refused = 2,

    /// <summary>A change that was begun failed, and may have been made in part.</summary>
    Failed = 3,
}
