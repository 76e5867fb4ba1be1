using Ptune.Fixtures.Servers;

namespace Ptune.Fixtures.Tests;

public sealed class RabbitMqServerTests
{
    [Fact]
    public async Task KillAsync_ThenRestart_KeepsConfirmedMessagesAndLeavesNothingBehind()
    {
        var broker = await RabbitMqServer.StartAsync(cancellation: TestContext.Current.CancellationToken);
        await using (broker)
        {
            await QuorumQueue.PublishAsync(broker, "first");
            // RabbitMQ 3.10 loses a quorum queue's leader for good when it is killed within seconds of declaring the
            // queue; what stood through one orderly restart survives every kill.
            await broker.RestartAsync(TestContext.Current.CancellationToken);
            Assert.Equal("first", await QuorumQueue.ReadAsync(broker));

            await QuorumQueue.PublishAsync(broker, "kept");
            await broker.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => QuorumQueue.ConnectAsync(broker));
            await broker.RestartAsync(TestContext.Current.CancellationToken);

            Assert.Equal("kept", await QuorumQueue.ReadAsync(broker));
            Assert.NotEmpty(Running.With(broker.LogFolder));
        }

        await Eventually.IsTrueAsync("the broker and its port mapper are gone", () => Running.With(broker.LogFolder).Length == 0);
        Assert.True(FreePorts.IsFree(broker.Port));
        Assert.True(File.Exists(Path.Combine(broker.LogFolder, "output.log")));
    }
}
