using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Fixtures;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ptune.Messaging.Tests;

public sealed class RabbitMqWakeUpTests(BrokerFixture broker) : WakeUpContract
{
    internal override Task<MessagingOptions> OptionsAsync() => Task.FromResult(broker.Options);

    internal override async Task<EarlyAnnouncer> AnnouncerBeforeAsync(MessagingOptions options, string pool) =>
        new(await Party.StartAsync(options), Party.Create(options, pool));

    [Fact]
    public async Task Announce_TwoListeners_ReachesExactlyOneOfThem()
    {
        const int Messages = 40;
        var pool = NewPool();
        await using var silo = await Party.StartAsync(broker.Options);
        await using var one = await Party.StartAsync(broker.Options, pool);
        await using var two = await Party.StartAsync(broker.Options, pool);
        await Eventually.ValueAsync("both listen", one.HealthAsync, status => status == HealthStatus.Healthy);
        await Eventually.ValueAsync("both listen", two.HealthAsync, status => status == HealthStatus.Healthy);

        for (var i = 0; i < Messages; i++) await silo.Announcer.AnnounceAsync(pool);
        await Eventually.IsTrueAsync("all are heard", () => one.Listener.Count + two.Listener.Count >= Messages);

        Assert.Equal(Messages, one.Listener.Count + two.Listener.Count);
        Assert.Equal(0u, await CountAsync(pool));
        Assert.NotEqual(0, one.Listener.Count);
        Assert.NotEqual(0, two.Listener.Count);
    }

    [Fact]
    public async Task Announce_FirstForItsPool_DeclaresABoundedQuorumQueue()
    {
        var pool = NewPool();
        await using var silo = await Party.StartAsync(broker.Options);

        await silo.Announcer.AnnounceAsync(pool);

        // The broker answers an equal declaration with the queue, and any other with 406.
        var described = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 5, ["x-max-length"] = 1000 };
        await using var connection = await ConnectAsync();
        await using (var channel = await connection.CreateChannelAsync())
            Assert.Equal(1u, (await channel.QueueDeclareAsync(QueueOf(pool), true, false, false, described)).MessageCount);
        await using var other = await connection.CreateChannelAsync();
        var refused = await Assert.ThrowsAsync<OperationInterruptedException>(() => other.QueueDeclareAsync(QueueOf(pool), true, false, false));
        Assert.Equal((ushort?)406, refused.ShutdownReason?.ReplyCode);
    }

    [Fact]
    public async Task Announce_MoreThanTheQueueKeeps_DropsTheOldest()
    {
        var pool = NewPool();
        await using var silo = await Party.StartAsync(broker.Options with { QueueLength = 3 });

        for (var i = 0; i < 10; i++) await silo.Announcer.AnnounceAsync(pool);

        await Eventually.ValueAsync("three are left", () => CountAsync(pool), count => count == 3);
    }

    [Fact]
    public async Task Announce_ItsQueueWasDeleted_DeclaresItAgain()
    {
        var pool = NewPool();
        await using var silo = await Party.StartAsync(broker.Options);
        await silo.Announcer.AnnounceAsync(pool);
        await using (var connection = await ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
            await channel.QueueDeleteAsync(QueueOf(pool));

        await silo.Announcer.AnnounceAsync(pool);

        Assert.Equal(1u, await CountAsync(pool));
    }

    private static string QueueOf(string pool) => $"ptune-work-{pool}";

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = broker.Server.Address }.CreateConnectionAsync();

    private async Task<uint> CountAsync(string pool)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(QueueOf(pool))).MessageCount;
    }
}
