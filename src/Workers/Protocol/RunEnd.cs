namespace Ptune.Protocol;

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>The artifact's files stand in the work folder.</summary>
    Completed,

    /// <summary>It was asked to stop and did.</summary>
    Stopped,

    /// <summary>It cannot be done, or not now: the cause says which.</summary>
    Failed,

    /// <summary>The checkpoint given cannot be used; nothing was computed. An earlier one, or none, may do.</summary>
    CheckpointRefused,
}
