using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;

namespace Ptune.WebConsole.Actions;

/// <summary>Something that a visitor does to a job.</summary>
/// <param name="Name">As in the page's address, the API's and the client's command.</param>
/// <param name="Label">On the button.</param>
/// <param name="Question">What the confirmation asks, with {0} for the jobs.</param>
/// <param name="Effect">What will happen, in a sentence.</param>
/// <param name="IsDestructive">Work stops.</param>
public sealed record JobAction(string Name, string Label, string Question, string Effect, bool IsDestructive)
{
    private static readonly JobAction Cancel = new("cancel", "Cancel", "Cancel {0}?", "A job that runs writes a checkpoint and stops; one that waits leaves its queue. Submitting the same spec again continues from there.", true);
    private static readonly JobAction Suspend = new("suspend", "Suspend", "Suspend {0}?", "A job that runs writes a checkpoint and stops; one that waits leaves its queue. It does not run until it is resumed.", true);
    private static readonly JobAction Resume = new("resume", "Resume", "Resume {0}?", "A suspended job continues from its last checkpoint.", false);
    private static readonly JobAction Retry = new("retry", "Retry", "Retry {0}?", "A failed or cancelled job is queued again, from its last usable checkpoint.", false);

    public static IReadOnlyList<JobAction> All { get; } = [Cancel, Suspend, Resume, Retry];

    public static JobAction? Find(string? name) => All.FirstOrDefault(action => action.Name == name);

    /// <summary>Those that change something about a job in this state.</summary>
    public static IEnumerable<JobAction> For(JobStatus status) => status switch
    {
        JobStatus.Failed or JobStatus.Cancelled or JobStatus.Cancelling => [Retry],
        JobStatus.Suspended => [Resume, Cancel],
        JobStatus.Suspending => [Resume, Cancel],
        JobStatus.Succeeded => [],
        _ => [Suspend, Cancel],
    };

    public Task<JobView?> DoAsync(IJobGrain job, AuditStamp by) => Name switch
    {
        "cancel" => job.Cancel(asker: null, by),
        "suspend" => job.Suspend("suspended in the console", by),
        "resume" => job.Resume(by),
        _ => job.Retry(by),
    };

    public string Command(string jobId) => $"ptune {Name} {jobId}";
}
