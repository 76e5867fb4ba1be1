using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Studies;

/// <summary>What a study and a sweep have in common: their status and their jobs.</summary>
public interface IGraphView
{
    string Name { get; }

    /// <summary>Running, Cancelling, Succeeded, Failed or Cancelled.</summary>
    JobStatus Status { get; }

    /// <summary>Grows by one with every change.</summary>
    long Version { get; }

    StudyCell[] Cells { get; }

    string? Message { get; }

    /// <summary>The digests of the names in the spec, as they stood when it was submitted.</summary>
    Dictionary<string, string> Resolved { get; }
}
