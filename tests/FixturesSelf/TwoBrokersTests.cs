using Ptune.Fixtures.Servers;

namespace Ptune.Fixtures.Tests;

/// <summary>A class of its own, so that it runs beside the other test of brokers, which take seconds to start.</summary>
public sealed class TwoBrokersTests
{
    [Fact]
    public async Task StartAsync_Twice_GivesTwoBrokersThatDoNotKnowEachOther()
    {
        var second = RabbitMqServer.StartAsync(cancellation: TestContext.Current.CancellationToken);
        await using var one = await RabbitMqServer.StartAsync(cancellation: TestContext.Current.CancellationToken);
        await using var other = await second;

        await QuorumQueue.PublishAsync(one, "for one");
        await QuorumQueue.PublishAsync(other, "for the other");

        Assert.Equal("for one", await QuorumQueue.ReadAsync(one));
        Assert.Equal("for the other", await QuorumQueue.ReadAsync(other));
    }
}
