using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Runs;

/// <summary>What a submit made or joined: a study, a sweep or a job, one of them.</summary>
internal sealed record Submitted(StudyView? Study, JobView? Job, SweepView? Sweep = null)
{
    public static Submitted Of(object view) => view switch
    {
        StudyView study => new Submitted(study, null),
        SweepView sweep => new Submitted(null, null, sweep),
        _ => new Submitted(null, (JobView)view),
    };

    /// <summary>As the server shows it.</summary>
    public object View => (object?)Study ?? (object?)Sweep ?? Job!;

    /// <summary>Null for a single job.</summary>
    public IGraphView? Graph => (IGraphView?)Study ?? Sweep;

    public string Id => Study?.StudyId ?? Sweep?.SweepId ?? Job!.JobId;

    public string Name => Graph?.Name ?? Job!.Name;

    public string Kind => Study is not null ? "TransferStudy" : Sweep is not null ? "Sweep" : Job!.Kind;

    public JobStatus Status => Graph?.Status ?? Job!.Status;

    public string? Message => Graph is null ? Job!.Message : Graph.Message;

    /// <summary>The route for what it is.</summary>
    public string Route(string study, string sweep, string job) => Study is not null ? study : Sweep is not null ? sweep : job;
}
