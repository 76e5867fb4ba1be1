using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Graphs;

/// <summary>What the grains of studies and sweeps share: a store, a catalog and their jobs around a machine. Derived grains are reentrant.</summary>
internal abstract class GraphGrain<TState, TView>(IPersistentState<TState> storage, ICatalog catalog, JobsOptions options, TimeProvider time, ILogger logger)
    : StatefulGrain<TState>(storage, time, logger, options.StudyParallelism)
    where TState : class, IGraphState<TState>
    where TView : class
{
    private List<GraphWord> _words = [];
    private Task? _hearing;

    protected string Id => this.GetPrimaryKeyString();

    public async Task<TView?> Get() => await LookAsync() is { } state ? View(state) : null;

    public async Task<TView?> Watch(long version)
    {
        await WaitForChangeAsync(version, options.WatchPatience);
        return await Get();
    }

    public async Task JobEnded(string jobId, JobStatus status)
    {
        // The message is a wake-up; the job itself says what is true.
        await HearAsync(new GraphWord(jobId, await Job(jobId).Get(), IsAnswer: false));
    }

    public async Task Sweep()
    {
        var inFlight = State?.Graph.Cells.Where(c => c.IsInFlight && c.IsAnswered).Select(c => c.JobId).Distinct().ToArray() ?? [];
        var jobs = new Dictionary<string, JobView?>();
        await EachAsync(inFlight, async id => jobs[id] = await Job(id).Get());
        await DecideAtSweepAsync((state, now) => Look(state, jobs, now));
    }

    protected override bool IsOnStores(Effect effect) => effect.Kind == GraphEffects.Row;

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        if (effect.Kind == GraphEffects.Row) await catalog.PutAsync(Stored!.Row);
        else if (effect.Kind == GraphEffects.Job) await TellJobAsync(Stored!, effect.Target);
        return true;
    }

    protected abstract TView View(TState state);

    /// <summary>The job with this id as today's code plans it; null when it plans none such.</summary>
    protected abstract PlannedJob? Planned(TState state, string jobId);

    /// <summary>The machine hears a job. Nobody reads the answer.</summary>
    protected abstract Decision<TState, TView?> Hear(TState? state, GraphWord word, DateTimeOffset now);

    /// <summary>The machine looks at all jobs in flight.</summary>
    protected abstract Decision<TState, TView?> Look(TState? state, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now);

    protected IJobGrain Job(string id) => GrainFactory.GetGrain<IJobGrain>(id);

    protected Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> perform) => Bounded.ForEachAsync(items, options.StudyParallelism, perform);

    private async Task TellJobAsync(TState state, string jobId)
    {
        var asker = state.Graph.Asker;
        if (state.Status == JobStatus.Running)
        {
            // Another version of the code may have planned a job that this one does not: the sweep plans anew.
            if (Planned(state, jobId) is not { } planned) return;
            var view = await Job(jobId).Submit(new JobSubmission(planned.Spec, asker, planned.Name));
            await HearAsync(new GraphWord(jobId, view, IsAnswer: true));
        }
        else if (state.Status == JobStatus.Cancelling)
        {
            var view = await Job(jobId).Cancel(asker);
            await HearAsync(new GraphWord(jobId, view, IsAnswer: false));
        }
    }

    /// <summary>The state of a large graph is large: words that come while it is being written are heard together, and written once.</summary>
    private Task HearAsync(GraphWord word)
    {
        _words.Add(word);
        return _hearing ??= HearAllAsync();
    }

    private async Task HearAllAsync()
    {
        await Task.Yield();
        var isTaken = false;
        try
        {
            await DecideAsync((state, now) =>
            {
                isTaken = true;
                return HearAll(state, now);
            });
        }
        finally
        {
            // A store that is away: who spoke is told, and says it again.
            if (!isTaken) TakeWords();
        }
    }

    private Decision<TState, TView?> HearAll(TState? state, DateTimeOffset now)
    {
        var (next, isVolatile) = (state, true);
        foreach (var word in TakeWords())
        {
            var heard = Hear(next, word, now);
            // What changes nothing need not be written on its account.
            isVolatile &= heard.IsVolatile || ReferenceEquals(heard.State, next);
            next = heard.State;
        }
        return new(next, null, isVolatile);
    }

    private List<GraphWord> TakeWords()
    {
        var words = _words;
        (_words, _hearing) = ([], null);
        return words;
    }
}
