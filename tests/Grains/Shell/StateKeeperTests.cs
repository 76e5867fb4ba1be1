using Microsoft.Extensions.Time.Testing;
using Ptune.Grains.Shell;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Shell;

public sealed class StateKeeperTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StoredCount _stored = new();
    private readonly StateKeeper<Counted> _keeper;

    public StateKeeperTests()
    {
        _keeper = new StateKeeper<Counted>(_stored, _time, (state, _) => state);
        _keeper.Start();
    }

    [Fact]
    public async Task Decide_WriteFailed_KeepsNothingOfTheRefusedChange()
    {
        await AddAsync();
        _stored.Next = StorageFault.BeforeWrite;
        await Assert.ThrowsAsync<IOException>(AddAsync);
        Assert.Equal((1L, 1L), (_keeper.Current!.Number, _stored.Stored!.Number));
        Assert.Equal(2, await AddAsync());
        Assert.Equal(2, _stored.Stored!.Number);
    }

    [Fact]
    public async Task Decide_WriteLandedWithoutAnAnswer_IsSeenByTheNext()
    {
        await AddAsync();
        _stored.Next = StorageFault.AfterWrite;
        await Assert.ThrowsAsync<TimeoutException>(AddAsync);
        Assert.Equal(1, _keeper.Current!.Number);
        Assert.Equal(3, await AddAsync());
    }

    [Fact]
    public async Task Decide_MachineThrows_ChangesNothingAndLetsTheNextOn()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _keeper.DecideAsync<int>((_, _) => throw new ArgumentException("no")));
        Assert.Equal(1, await AddAsync());
    }

    [Fact]
    public async Task Decide_ManyAtOnce_TakeTurns()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AddAsync()));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), answers);
        Assert.Equal(50, _stored.Stored!.Number);
    }

    [Fact]
    public async Task Decide_Volatile_IsWrittenWithTheNextChange()
    {
        await AddAsync();
        await _keeper.DecideAsync((s, _) => Counted.AddVolatile(s));
        Assert.Equal((2L, 1L), (_keeper.Current!.Number, _stored.Stored!.Number));
        Assert.Equal(1, _keeper.Stored!.Number);
        await AddAsync();
        Assert.Equal(3, _keeper.Stored!.Number);
        Assert.Equal(3, _stored.Stored!.Number);
    }

    [Fact]
    public async Task Decide_ForSureWithoutAChange_LooksWhetherAnotherActivationHasGoneOn()
    {
        await AddAsync();
        _stored.Stored = new Counted(7, Outbox.Empty);
        Assert.Equal(1, await _keeper.DecideAsync((s, _) => new Decision<Counted, long>(s, s!.Number)));
        _stored.StoredEtag = "another";
        Assert.Equal(7, await _keeper.DecideAsync((s, _) => new Decision<Counted, long>(s, s!.Number), isAuthoritative: true));
    }

    [Fact]
    public async Task Done_Effect_LeavesTheStoreWithTheNextWrite()
    {
        await AddAsync();
        _keeper.Done(_keeper.Pending.Single(), _keeper.Reading);
        Assert.Empty(_keeper.Pending);
        Assert.Single(_stored.Stored!.Outbox.Pending);
        await AddAsync();
        Assert.Equal(["2"], _stored.Stored!.Outbox.Pending.Select(e => e.Target));
        Assert.Equal(["2"], _keeper.Pending.Select(e => e.Target));
    }

    [Fact]
    public async Task Look_AnotherActivationHasGoneOn_SeesItOnceItWasBlindForLong()
    {
        await AddAsync();
        (_stored.Stored, _stored.StoredEtag) = (_stored.Stored! with { Number = 7 }, "another");

        _time.Advance(TimeSpan.FromSeconds(29));
        await _keeper.LookAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _keeper.Current!.Number);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _keeper.LookAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(7, _keeper.Current!.Number);
    }

    [Fact]
    public async Task Look_NobodyElseHasWritten_KeepsWhatIsNotStored()
    {
        await AddAsync();
        await _keeper.DecideAsync((s, _) => Counted.AddVolatile(s));
        _time.Advance(TimeSpan.FromMinutes(5));
        await _keeper.LookAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((2L, 1L), (_keeper.Current!.Number, _keeper.Stored!.Number));
    }

    [Fact]
    public async Task Wait_Change_AnswersAtOnce()
    {
        var wait = _keeper.WaitAsync(0, TimeSpan.FromSeconds(5));
        Assert.False(wait.IsCompleted);
        await AddAsync();
        Assert.True(await wait);
        Assert.True(await _keeper.WaitAsync(0, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Wait_NoChange_EndsWithThePatience()
    {
        var wait = _keeper.WaitAsync(0, TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await wait);
    }

    [Fact]
    public async Task Decide_NoStateOrOneAtRest_IsExpectedBeforeItIsWritten()
    {
        var expected = new List<(long Number, int Writes)>();
        var keeper = new StateKeeper<Counted>(_stored, _time, (state, _) => state, next =>
        {
            expected.Add((next.Number, _stored.Writes));
            return Task.CompletedTask;
        });
        keeper.Start();
        foreach (var isAtRest in new[] { false, false, true, false }) await keeper.DecideAsync((s, _) => Counted.Add(s, isAtRest: isAtRest));
        Assert.Equal([(1L, 0), (4L, 3)], expected);
    }

    [Fact]
    public async Task Decide_ItCannotBeExpected_WritesNothing()
    {
        var keeper = new StateKeeper<Counted>(_stored, _time, (state, _) => state, _ => throw new IOException("away"));
        keeper.Start();
        await Assert.ThrowsAsync<IOException>(() => keeper.DecideAsync((s, _) => Counted.Add(s)));
        Assert.Equal((0, null), (_stored.Writes, keeper.Current));
    }

    private Task<long> AddAsync() => _keeper.DecideAsync((s, _) => Counted.Add(s));
}
