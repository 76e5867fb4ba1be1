using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>The progress of a cell that is being computed.</summary>
public sealed record StudyProgress(string Key, string JobId, JobStatus Status, JobProgress? Progress);
