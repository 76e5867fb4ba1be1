namespace Ptune.Messaging.Tests;

public sealed class BrokerTopologyTests(BrokerFixture broker)
{
    private const int Rounds = 40;

    /// <summary>A start that now and then does not complete is not seen in one round.</summary>
    [Fact]
    public async Task Declare_TwoAtOnceAgainAndAgain_AlwaysCompletes()
    {
        var topology = new BrokerTopology(broker.Options);
        for (var round = 0; round < Rounds; round++)
        {
            var queue = WorkQueues.NameOf(WakeUpContract.NewPool());
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => topology.DeclareAsync(queue, CancellationToken.None))).WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Both declare the same, or the broker would refuse the second; a worker that starts after a silo, and one that starts before.</summary>
    [Fact]
    public async Task Declare_BesideAWorkersBus_IsTheSameDeclaration()
    {
        var topology = new BrokerTopology(broker.Options);
        var pool = WakeUpContract.NewPool();
        await topology.DeclareAsync(WorkQueues.NameOf(pool), CancellationToken.None);
        await using var worker = await Party.StartAsync(broker.Options, pool);
        await worker.Announcer.AnnounceAsync(pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());
        await topology.DeclareAsync(WorkQueues.NameOf(pool), CancellationToken.None);
    }
}
