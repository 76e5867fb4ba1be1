using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>How far a cell in work is.</summary>
public sealed record StudyProgress(string Key, string JobId, JobStatus Status, JobProgress? Progress);
