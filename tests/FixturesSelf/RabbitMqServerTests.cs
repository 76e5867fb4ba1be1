using System.Text;
using Ptune.Fixtures.Servers;
using RabbitMQ.Client;

namespace Ptune.Fixtures.Tests;

public sealed class RabbitMqServerTests
{
    private static readonly CreateChannelOptions s_confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    [Fact]
    public async Task KillAsync_ThenRestart_KeepsConfirmedMessagesAndLeavesNothingBehind()
    {
        var broker = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);
        await using (broker)
        {
            await PublishAsync(broker, "first");
            // RabbitMQ 3.10 loses a quorum queue's leader for good when it is killed within seconds of declaring the
            // queue; what stood through one orderly restart survives every kill.
            await broker.RestartAsync(TestContext.Current.CancellationToken);
            Assert.Equal("first", await ReadAsync(broker));

            await PublishAsync(broker, "kept");
            await broker.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(broker));
            await broker.RestartAsync(TestContext.Current.CancellationToken);

            Assert.Equal("kept", await ReadAsync(broker));
            Assert.NotEmpty(Running.With(broker.LogFolder));
        }

        await Eventually.IsTrueAsync("the broker and its port mapper are gone", () => Running.With(broker.LogFolder).Length == 0);
        Assert.True(FreePorts.IsFree(broker.Port));
        Assert.True(File.Exists(Path.Combine(broker.LogFolder, "output.log")));
    }

    [Fact]
    public async Task StartAsync_Twice_GivesTwoBrokersThatDoNotKnowEachOther()
    {
        await using var one = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);
        await using var other = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);

        await PublishAsync(one, "for one");
        await PublishAsync(other, "for the other");

        Assert.Equal("for one", await ReadAsync(one));
        Assert.Equal("for the other", await ReadAsync(other));
    }

    private static Task<IConnection> ConnectAsync(RabbitMqServer broker) =>
        new ConnectionFactory { Uri = broker.Address }.CreateConnectionAsync();

    private static async Task PublishAsync(RabbitMqServer broker, string text)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(s_confirmed);
        await DeclareAsync(channel);
        await channel.BasicPublishAsync("", "q", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text));
    }

    private static async Task<string> ReadAsync(RabbitMqServer broker)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync();
        return await Eventually.ValueAsync(
            "a message is there",
            async () => await channel.BasicGetAsync("q", autoAck: true) is { } message ? Encoding.UTF8.GetString(message.Body.Span) : "",
            text => text.Length > 0);
    }

    private static Task DeclareAsync(IChannel channel) => channel.QueueDeclareAsync(
        "q", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
}
