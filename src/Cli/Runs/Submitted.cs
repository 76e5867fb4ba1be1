using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Runs;

/// <summary>What a submit made or joined: a study or a job, never both.</summary>
internal sealed record Submitted(StudyView? Study, JobView? Job)
{
    public string Id => Study?.StudyId ?? Job!.JobId;

    public string Name => Study?.Name ?? Job!.Name;

    public string Kind => Study is null ? Job!.Kind : "TransferStudy";

    public JobStatus Status => Study?.Status ?? Job!.Status;

    public string? Message => Study is null ? Job!.Message : Study.Message;
}
