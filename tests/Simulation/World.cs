using Microsoft.Extensions.Options;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;
using Ptune.Grains.Studies;
using Ptune.Grains.Sweeps;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.People;
using Ptune.Simulation.Tests.Promises;
using Ptune.Simulation.Tests.Silos;
using Ptune.Simulation.Tests.Stores;
using Silo = Ptune.Simulation.Tests.Silos.Silo;

namespace Ptune.Simulation.Tests;

/// <summary>Two silos with the production grains, stores, a queue, workers and clients under one seed.</summary>
internal sealed class World
{
    private const int WorkerCount = 2;
    private const double Patience = 1000;

    // A lease that is lost while things fail runs out when nothing does any more.
    private const int LongLease = 90;

    // What a client said before it died has arrived by then, or never does.
    private const double LastWords = 30;
    // One schedule of so many has callers whom the audit trail names.
    private const int Audited = 4;
    private readonly List<string>? _trace;
    private int _lives;

    private World(int seed, Protocol protocol, List<string>? trace, Scene scene)
    {
        Scene = scene;
        Search = scene == Scene.Sweep ? Search.All[seed % Search.All.Length] : null;
        Orders = Search?.Jobs ?? (scene == Scene.Study ? Order.Cells : Order.All);
        (Chaos, Protocol, _trace) = (new Chaos(seed), protocol, trace);
        (Store, Queue, Network, Promises, Seam) = (new GrainStore(this), new WakeUps(this), new Network(this), new Promises.Promises(this), new Seam(this));
        Quota = Chaos.Happens(0.3) ? 1 : null;
        Options = Microsoft.Extensions.Options.Options.Create(Settings(Quota, Chaos.Happens(0.2) ? 1 : null, Chaos.Happens(0.3) ? LongLease : 10));
        IsAudited = Protocol is Protocol.AuditWithoutKeys or Protocol.AuditNotOwed || (Protocol == Protocol.AsItIs && seed % Audited == 0);
        (Audit, AuditPromises) = (new AuditTrail(this), new AuditPromises(this));
        Catalog.Artifacts.Add(People.Search.Source.Digest, People.Search.Source);
        for (var i = 0; i < 2; i++) Silos.Add(NewSilo(i));
        for (var i = 0; i < WorkerCount; i++) Workers.Add(NewWorker(i));
    }

    /// <summary>Whether clients say who they are.</summary>
    public bool IsAudited { get; }

    public AuditTrail Audit { get; }

    public AuditPromises AuditPromises { get; }

    /// <summary>How many jobs of the tenant may run at a time; null: any number.</summary>
    public int? Quota { get; }

    public IOptions<JobsOptions> Options { get; }

    public Chaos Chaos { get; }

    public Protocol Protocol { get; }

    public GrainStore Store { get; }

    public Catalog Catalog { get; } = new();

    public WakeUps Queue { get; }

    public Network Network { get; }

    public Promises.Promises Promises { get; }

    public Seam Seam { get; }

    public List<Silo> Silos { get; } = [];

    /// <summary>Silos that were taken for dead, and may live.</summary>
    public List<Silo> Ghosts { get; } = [];

    public List<Worker> Workers { get; } = [];

    public List<Client> Clients { get; } = [];

    public Order[] Orders { get; }

    /// <summary>The study, where there is one.</summary>
    public StudyState? Study => Store.Find<StudyState>(new GrainKey(typeof(StudyGrain), Order.Plan.StudyId));

    public SweepState? Sweep => Search is null ? null : Store.Find<SweepState>(new GrainKey(typeof(SweepGrain), Search.Id));

    public Scene Scene { get; }

    /// <summary>The sweep that is asked for, where one is.</summary>
    public Search? Search { get; }

    /// <summary>An attempt's name: what it makes bears it.</summary>
    public static string Attempt(string job, string? worker, long epoch) => $"{job}/{worker}/{epoch}";

    /// <summary>Runs one schedule to its end.</summary>
    /// <returns>How many events it took.</returns>
    /// <exception cref="ViolationException">A promise was broken.</exception>
    public static int Run(int seed, Protocol protocol = Protocol.AsItIs, List<string>? trace = null, Scene scene = Scene.Jobs)
    {
        var world = new World(seed, protocol, trace, scene);
        world.Populate();
        world.Chaos.RunUntil(Chaos.Until + Patience, world.IsOver);
        world.Promises.CheckEnd();
        return world.Chaos.Steps;
    }

    public Silo NewSilo(int index)
    {
        var silo = new Silo(this, $"silo{index}.{++_lives}", Chaos.Between(-2, 2)) { Patience = 10 };
        silo.Time.IsFrozen = Protocol == Protocol.WithoutExpiry;
        return silo;
    }

    public Worker NewWorker(int index) => new(this, $"w{index}.{++_lives}", Chaos.Between(-2, 2));

    public JobState? FindJob(string id) => Store.Find<JobState>(new GrainKey(typeof(JobGrain), id));

    public string Short(GrainKey key) => Array.Find(Orders, o => o.Id == key.Key)?.Spec.Name ?? key.Key;

    public void Note(Machine machine, string what) => _trace?.Add($"{Chaos.Clock,8:0.000} {machine.Name,-8} {what}");

    public void Note(Machine machine, string method, GrainKey key, object?[] args, object? answer)
    {
        if (_trace is null) return;
        var words = answer switch
        {
            null => "nothing",
            Exception problem => $"{problem.GetType().Name}: {problem.Message}",
            JobView view => $"{view.Status} v{view.Version} epoch {view.Epoch}",
            Lease lease => $"{Short(new GrainKey(typeof(JobGrain), lease.JobId))} epoch {lease.Epoch}",
            _ => answer.ToString()!.Split('{')[0].Trim(),
        };
        Note(machine, $"{method} of {Short(key)} ({string.Join(", ", args.Select(Words))}) answers {words}");
    }

    private static JobsOptions Settings(int? quota, int? places, int lease) => new()
    {
        LeaseDuration = TimeSpan.FromSeconds(lease),
        SweepInterval = TimeSpan.FromSeconds(4),
        WorkerForgottenAfter = TimeSpan.FromSeconds(20),
        StopGrace = TimeSpan.FromSeconds(15),
        LongestBackOff = TimeSpan.FromSeconds(20),
        TimelineLength = 40,
        Tenants = new() { ["default"] = new TenantOptions { MaxRunning = quota, MaxQueued = places } },
    };

    private static string Words(object? argument) => argument switch
    {
        Heartbeat beat => $"{beat.WorkerId} epoch {beat.Epoch} step {beat.Progress?.Step}",
        AttemptCompletion done => $"{done.WorkerId} epoch {done.Epoch}",
        AttemptFailure failure => $"{failure.WorkerId} epoch {failure.Epoch}",
        AttemptRelease release => $"{release.WorkerId} epoch {release.Epoch}",
        LeaseRequest request => $"{request.WorkerId} {request.Slot?.Number}/{request.Slot?.Received}",
        AcquireRequest request => $"{request.WorkerId} {request.Slot?.Number}/{request.Slot?.Received}",
        JobSubmission submission => submission.Asker,
        string text => text,
        _ => argument?.GetType().Name ?? "null",
    };

    private void Populate()
    {
        var (ann, bob) = (new Client(this, "ann"), new Client(this, "bob"));
        Clients.AddRange([ann, bob]);
        new Troublemaker(this).Plan();
        if (Scene != Scene.Jobs)
        {
            PopulateGraph(ann, bob);
            return;
        }
        foreach (var order in Orders)
        {
            ann.Ask(order, Chaos.Between(0, 5));
            if (Chaos.Strikes(0.3)) bob.Ask(order, Chaos.Between(5, 50));
            if (Chaos.Strikes(0.2)) bob.Hold(order, Chaos.Between(5, 30), Chaos.Between(1, 20));
            if (Chaos.Strikes(0.2)) bob.Preempt(order, Chaos.Between(5, 40));
            if (Chaos.Strikes(0.1)) bob.Retry(order, Chaos.Between(20, 50));
            if (Chaos.Strikes(0.2)) bob.Cancel(order, Chaos.Strikes(0.5) ? null : "ann", Chaos.Between(5, 40));
        }
    }

    private void PopulateGraph(Client ann, Client bob)
    {
        Ask(ann, Chaos.Between(0, 5));
        if (Chaos.Strikes(0.2))
        {
            var at = Chaos.Between(5, 50);
            if (Search is null) bob.CancelStudy(at);
            else bob.CancelSweep(Search, at);
            if (Chaos.Strikes(0.6)) Ask(bob, at + Chaos.Between(0, 20));
        }
        foreach (var order in Orders)
        {
            if (Chaos.Strikes(0.05)) bob.Hold(order, Chaos.Between(5, 30), Chaos.Between(1, 20));
            if (Chaos.Strikes(0.05)) bob.Preempt(order, Chaos.Between(5, 40));
        }

        void Ask(Client client, double after)
        {
            if (Search is null) client.AskStudy(after);
            else client.AskSweep(Search, after);
        }
    }

    private bool IsOver() => Promises.Broken is not null || (Chaos.IsOver && HasEnded() && Catalog.Jobs.Values.All(r => r.Status.IsFinal) && AuditPromises.IsComplete);

    private bool HasEnded() => Scene switch
    {
        Scene.Study => HasEnded(Order.Plan.StudyId, Study?.Status),
        Scene.Sweep => HasEnded(Search!.Id, Sweep?.Status),
        _ => Orders.All(order => HasEnded(order.Id, FindJob(order.Id)?.Status)),
    };

    /// <summary>It is final and the catalog knows it; or whoever asked for it has died before anything was written.</summary>
    private bool HasEnded(string id, JobStatus? status) => status is { } reached
        ? reached.IsFinal && Catalog.Jobs.TryGetValue(id, out var row) && row.Status == reached
        : Chaos.Clock > Chaos.Until + LastWords && Clients.All(c => c.Asking == 0);
}
