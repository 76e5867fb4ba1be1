using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests;

/// <summary>Jobs, a pool, workers and clients under one seed, and the promises that must hold at every write and at the end.</summary>
internal sealed class World
{
    public static readonly JobRules Rules = new(TimeSpan.FromSeconds(30), 50);
    public static readonly JobInputs NoInputs = JobInputs.Ready([]);
    private const int JobCount = 3;
    private const int WorkerCount = 3;

    private World(int seed, Protocol protocol)
    {
        (Chaos, Protocol, Pool) = (new Chaos(seed), protocol, new SimulatedPool(this));
    }

    public Chaos Chaos { get; }

    public Protocol Protocol { get; }

    public SimulatedPool Pool { get; }

    public SimulatedCatalog Catalog { get; } = new();

    public Dictionary<string, SimulatedJob> Jobs { get; } = [];

    /// <summary>Runs one schedule to its end.</summary>
    /// <returns>How many events it took.</returns>
    /// <exception cref="ViolationException">A promise was broken.</exception>
    public static int Run(int seed, Protocol protocol = Protocol.AsItIs)
    {
        var world = new World(seed, protocol);
        world.Populate();
        world.Chaos.RunUntil(Chaos.Until + 2000, world.IsOver);
        world.CheckEnd();
        return world.Chaos.Steps;
    }

    /// <summary>Holds at every write that lands.</summary>
    public void Check(JobState? before, JobState after)
    {
        if (before is null) return;
        Demand(after.Epoch >= before.Epoch, "an epoch went back", after);
        Demand(after.Epoch <= before.Epoch + 1, "an epoch was left out", after);
        Demand(before.Status != JobStatus.Succeeded || after.Result!.Artifact == before.Result!.Artifact, "a result was replaced", after);
        Demand(before.Status != JobStatus.Succeeded || after.Status == JobStatus.Succeeded, "a job that had succeeded went on", after);
        if (before.Status == JobStatus.Succeeded || after.Status != JobStatus.Succeeded) return;
        var author = after.Result!.Attributes["content"];
        Demand(author == $"{before.JobId}/{before.Worker}/{before.Epoch}", $"the result of {author} was taken while {before.Worker} held epoch {before.Epoch}", after);
    }

    private void Populate()
    {
        for (var i = 0; i < JobCount; i++)
        {
            var spec = new NoOpSpec { Seed = i, Name = $"job {i}", Scheduling = new Scheduling { Priority = i, MaxAttempts = 4 } };
            var job = new SimulatedJob(this, JobIds.Of("default", spec));
            Jobs[job.Id] = job;
            Chaos.After(Chaos.Between(0, 20), () => Submit(job, spec, "ann"));
            if (Chaos.Strikes(0.3)) Chaos.After(Chaos.Between(20, 120), () => Cancel(job));
            if (Chaos.Strikes(0.5)) Chaos.After(Chaos.Between(20, 180), () => Submit(job, spec, "bob"));
        }
        for (var i = 0; i < WorkerCount; i++) Chaos.After(Chaos.Between(0, 5), new SimulatedWorker(this, $"w{i}").Live);
        Chaos.After(5, Pool.Sweep);
    }

    /// <summary>A client asks again until it is answered.</summary>
    private void Submit(SimulatedJob job, NoOpSpec spec, string asker)
    {
        var isAnswered = false;
        job.Ask(
            (s, now) => JobMachine.Submit(s, job.Id, new JobSubmission(spec, asker, spec.Name), NoInputs, Rules, now),
            () => isAnswered = true);
        Chaos.After(30, () =>
        {
            if (!isAnswered) Submit(job, spec, asker);
        });
    }

    private void Cancel(SimulatedJob job) => job.Ask((s, now) => JobMachine.Cancel(s, null, Rules, now), () => { });

    private bool IsOver() => Chaos.Clock > Chaos.Until && Jobs.Values.All(j => j.Stored is { Status.IsFinal: true }) && !Catalog.Unfinished.Any();

    private void CheckEnd()
    {
        foreach (var job in Jobs.Values)
        {
            if (job.Stored is null) throw new ViolationException($"{job.Id} was lost");
            Demand(job.Stored.Status.IsFinal, "the job never ended", job.Stored);
            Demand(job.Stored.Status != JobStatus.Failed || job.Stored.Failures >= RetryPolicy.Default.Crash.Tries, "the job failed before its tries were used up", job.Stored);
        }
        if (Catalog.Unfinished.FirstOrDefault() is { } row) Demand(false, "the catalog never heard of the end", row);
    }

    private static void Demand(bool holds, string promise, JobState state)
    {
        if (holds) return;
        var timeline = string.Join("\n  ", state.Timeline.Select(e => $"{e.At:HH:mm:ss.fff} {e.Status} epoch {e.Epoch}: {e.Why}"));
        throw new ViolationException($"{promise}\n  {state.JobId} is {state.Status} at version {state.Version}\n  {timeline}");
    }
}
