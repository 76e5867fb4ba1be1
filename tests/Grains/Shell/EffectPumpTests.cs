using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ptune.Grains.Shell;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Shell;

public sealed class EffectPumpTests : IEffects
{
    private readonly StoredCount _stored = new();
    private readonly StateKeeper<Counted> _keeper;
    private readonly EffectPump<Counted> _pump;
    private readonly List<string> _performed = [];
    private readonly TaskScheduler _oneAtATime = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private Func<Effect, Task<bool>> _perform = _ => Task.FromResult(true);

    public EffectPumpTests()
    {
        _keeper = new StateKeeper<Counted>(_stored, new FakeTimeProvider(), (state, _) => state);
        _pump = new EffectPump<Counted>(_keeper, this, 2, NullLogger.Instance);
    }

    [Fact]
    public async Task PerformOnStores_OneFails_StopsAndTriesAgainInOrder()
    {
        await AddAsync("store");
        await AddAsync("store");
        _perform = e => e.Target == "1" ? throw new IOException("full") : Task.FromResult(true);
        Assert.IsType<IOException>(await _pump.PerformOnStoresAsync());
        Assert.Empty(_performed);
        _perform = _ => Task.FromResult(true);
        Assert.Null(await _pump.PerformOnStoresAsync());
        Assert.Equal(["1", "2"], _performed);
    }

    [Fact]
    public async Task Kick_OneFails_PerformsTheOthersAndKeepsIt()
    {
        await AddAsync("tell");
        await AddAsync("tell");
        _perform = e => e.Target == "1" ? throw new IOException("away") : Task.FromResult(true);
        await PumpAsync();
        Assert.Equal(["2"], _performed);
        Assert.Equal(["1"], _keeper.Pending.Select(e => e.Target));
    }

    [Fact]
    public async Task Kick_TurnHasNotCome_IsPerformedAfterTheOthers()
    {
        await AddAsync("tell");
        await AddAsync("tell");
        _perform = e => Task.FromResult(e.Target != "1" || _performed.Contains("2"));
        await PumpAsync();
        Assert.Equal(["2", "1"], _performed);
    }

    [Fact]
    public async Task Kick_EffectAsksForAnother_PerformsThatToo()
    {
        await AddAsync("tell");
        _perform = async e =>
        {
            if (e.Target == "1")
            {
                await AddAsync("tell");
                _pump.Kick();
            }
            return true;
        };
        await PumpAsync();
        Assert.Equal(["1", "2"], _performed);
    }

    /// <summary>What the effect brought was in memory only, and a write that failed meanwhile has brought back what is stored: it is performed again.</summary>
    [Fact]
    public async Task Kick_StoreIsReadAnewBeforeItIsDone_IsPerformedAgain()
    {
        await AddAsync("tell");
        _perform = async _ =>
        {
            if (_performed.Count > 0) return true;
            await _keeper.DecideAsync((s, _) => Counted.AddVolatile(s));
            _stored.Next = StorageFault.BeforeWrite;
            await Assert.ThrowsAsync<IOException>(() => AddAsync("tell"));
            await _keeper.DecideAsync((s, _) => new Decision<Counted, long>(s, s!.Number));
            return true;
        };
        await PumpAsync();
        Assert.Equal(1, _keeper.Current!.Number);
        Assert.Equal(["1", "1"], _performed);
        Assert.Empty(_keeper.Pending);
    }

    [Fact]
    public async Task Kick_StoresAreNotToldYet_OnlyWhatNeedNotWaitIsPerformed()
    {
        await AddAsync("store");
        await AddAsync("tell");
        await AddAsync("early");
        await PumpAsync();
        Assert.Equal(["3"], _performed);

        await _pump.PerformOnStoresAsync();
        await PumpAsync();
        Assert.Equal(["3", "1", "2"], _performed);
    }

    [Fact]
    public async Task Stop_EffectsUnderWay_WaitsForStoresAndForNoGrain()
    {
        TaskCompletionSource<bool> row = new(), answer = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await AddAsync("early");
        await AddAsync("store");
        _perform = e => e.Kind == "store" ? row.Task : asked.TrySetResult() is var _ ? answer.Task : null!;
        var pumping = PumpAsync();
        await asked.Task;
        var storing = _pump.PerformOnStoresAsync();

        var stopping = _pump.StopAsync();
        Assert.False(stopping.IsCompleted);
        row.SetResult(true);
        await stopping;

        Assert.False(pumping.IsCompleted);
        Assert.Equal(["2"], _performed);
        Assert.Null(await storing);
        answer.SetResult(true);
        await pumping;
        Assert.Equal(["2", "1"], _performed);
    }

    [Fact]
    public async Task Forget_StateAtRest_StrikesOffWhatIsDone()
    {
        await _keeper.DecideAsync((s, _) => Counted.Add(s, isAtRest: true));
        await PumpAsync();
        Assert.Equal(1, _stored.Writes);
        await _pump.ForgetDoneAsync();
        Assert.Empty(_stored.Stored!.Outbox.Pending);
        Assert.Equal(2, _stored.Writes);
    }

    [Fact]
    public async Task Forget_StateNotAtRest_SparesTheWrite()
    {
        await AddAsync("tell");
        await PumpAsync();
        await _pump.ForgetDoneAsync();
        Assert.Equal(1, _stored.Writes);
    }

    [Fact]
    public async Task Forget_WriteFails_DoesNoHarm()
    {
        await _keeper.DecideAsync((s, _) => Counted.Add(s, isAtRest: true));
        await PumpAsync();
        _stored.Next = StorageFault.BeforeWrite;
        await _pump.ForgetDoneAsync();
        await PumpAsync();
        Assert.Equal(["1"], _performed);
        Assert.Single(_stored.Stored!.Outbox.Pending);
    }

    bool IEffects.IsOnStores(Effect effect) => effect.Kind == "store";

    bool IEffects.FollowsStores(Effect effect) => effect.Kind != "early";

    async Task<bool> IEffects.PerformAsync(Effect effect)
    {
        if (!await _perform(effect)) return false;
        _performed.Add(effect.Target);
        return true;
    }

    private Task<long> AddAsync(string kind) => _keeper.DecideAsync((s, _) => Counted.Add(s, kind));

    /// <summary>Starts the pump, and waits until it has nothing more to do; one thread at a time, as a grain's scheduler has it.</summary>
    private Task PumpAsync() => Task.Factory.StartNew(
        () =>
        {
            _pump.Kick();
            return _pump.IdleAsync();
        },
        CancellationToken.None, TaskCreationOptions.None, _oneAtATime).Unwrap();
}
