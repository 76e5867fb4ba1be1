using System.Text;
using Ptune.Fixtures.Servers;
using RabbitMQ.Client;

namespace Ptune.Fixtures.Tests;

/// <summary>Messages into and out of a durable queue of a broker.</summary>
internal static class QuorumQueue
{
    private static readonly CreateChannelOptions s_confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    public static Task<IConnection> ConnectAsync(RabbitMqServer broker) =>
        new ConnectionFactory { Uri = broker.Address }.CreateConnectionAsync();

    public static async Task PublishAsync(RabbitMqServer broker, string text)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(s_confirmed);
        await DeclareAsync(channel);
        await channel.BasicPublishAsync("", "q", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text));
    }

    public static async Task<string> ReadAsync(RabbitMqServer broker)
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
