using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.People;

/// <summary>Asks for jobs until it is answered, and at times changes its mind. Now and then it dies after its first word, whatever has become of that.</summary>
internal sealed class Client(World world, string name) : Machine(world, name, 0)
{
    private const double Mortality = 0.3;

    /// <summary>Requests that will be repeated until they are answered.</summary>
    public int Asking { get; private set; }

    private AuditStamp? By => World.IsAudited ? new AuditStamp(Name, null, null, null, "") : null;

    public void Ask(Order order, double after) => After(after, () => _ = InsistAsync(() => Job(order).Submit(new JobSubmission(order.Spec, Name, order.Spec.Name) { By = By })));

    public void AskStudy(double after) => After(after, () => _ = InsistAsync(() => Study.Submit(new StudySubmission("default", Order.Study, [], null) { By = By })));

    public void AskSweep(Search search, double after) => After(after, () => _ = InsistAsync(() => Sweep(search).Submit(search.Submission with { By = By })));

    public void CancelStudy(double after) => After(after, () => _ = TryAsync(() => Study.Cancel(By)));

    public void CancelSweep(Search search, double after) => After(after, () => _ = TryAsync(() => Sweep(search).Cancel(By)));

    /// <summary>Holds a job back, and lets it go on some seconds later.</summary>
    public void Hold(Order order, double after, double seconds)
    {
        After(after, () => _ = TryAsync(() => Job(order).Suspend("held back", By)));
        After(after + seconds, () => _ = ResumeAsync(order));
    }

    public void Preempt(Order order, double after) => After(after, () => _ = TryAsync(() => Job(order).Preempt("something is more urgent")));

    public void Retry(Order order, double after) => After(after, () => _ = InsistAsync(() => Job(order).Retry(By)));

    public void Cancel(Order order, string? asker, double after) => After(after, () => _ = TryAsync(() => Job(order).Cancel(asker, By)));

    private async Task InsistAsync(Func<Task> call)
    {
        Asking++;
        var isMortal = Chaos.Strikes(Mortality);
        while (!await TryAsync(call) && !isMortal) await Task.Delay(TimeSpan.FromSeconds(Chaos.Between(0.5, 4)), Time);
        Asking--;
    }

    // A suspension whose message was late may come after the resume: it is resumed until it goes on.
    private async Task ResumeAsync(Order order)
    {
        while (!Chaos.IsOver || World.FindJob(order.Id) is { Status: JobStatus.Suspended or JobStatus.Suspending })
        {
            await TryAsync(() => Job(order).Resume(By));
            await Task.Delay(TimeSpan.FromSeconds(Chaos.Between(3, 9)), Time);
        }
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private IStudyGrain Study => new GrainFactory(this).GetGrain<IStudyGrain>(Order.Plan.StudyId);

    private ISweepGrain Sweep(Search search) => new GrainFactory(this).GetGrain<ISweepGrain>(search.Id);

    private IJobGrain Job(Order order) => new GrainFactory(this).GetGrain<IJobGrain>(order.Id);
}
