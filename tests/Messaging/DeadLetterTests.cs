using System.Text;
using Microsoft.Extensions.Logging;
using Ptune.Fixtures;
using RabbitMQ.Client;

namespace Ptune.Messaging.Tests;

/// <summary>What cannot be read ends beside the queue, with its reason, and holds up nothing.</summary>
public sealed class DeadLetterTests(BrokerFixture broker)
{
    [Fact]
    public async Task Poison_InAPoolsQueue_IsPutAsideWithItsReasonAndTheNextWakeUpIsHeard()
    {
        var pool = WakeUpContract.NewPool();
        await using var worker = await Party.StartAsync(broker.Options, pool);
        await Eventually.IsTrueAsync("the worker listens", async () =>
        {
            await worker.Announcer.AnnounceAsync(pool);
            return await worker.Listener.NextAsync() == pool;
        });

        await SendAsync(pool, "{ this is no message");
        await worker.Announcer.AnnounceAsync(pool);

        Assert.Equal(pool, await worker.Listener.NextAsync());
        var letters = await Eventually.ValueAsync("it is a dead letter", () => worker.DeadLetters.ListAsync([pool]), found => found.Count > 0);
        var letter = Assert.Single(letters);
        Assert.Equal((pool, "{ this is no message"), (letter.Pool, letter.Body));
        Assert.Contains("Exception", letter.Reason, StringComparison.Ordinal);
        Assert.NotNull(letter.At);
    }

    [Fact]
    public async Task Poison_OfManyKinds_NeverStopsTheListener()
    {
        var pool = WakeUpContract.NewPool();
        await using var worker = await Party.StartAsync(broker.Options, pool);
        await worker.Announcer.AnnounceAsync(pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());
        var random = new Random(7);
        string[] seeds = ["", "null", "[]", "{}", "\"\"", "{\"message\":null}", "{\"messageType\":[\"urn:message:Other\"],\"message\":{}}", new string('x', 100_000), "{\"message\":{\"pool\":5}}"];

        for (var i = 0; i < 60; i++) await SendAsync(pool, Mutate(random, seeds[i % seeds.Length]));
        await worker.Announcer.AnnounceAsync(pool);

        Assert.Equal(pool, await worker.Listener.NextAsync());
        var letters = await worker.DeadLetters.ListAsync([pool]);
        Assert.NotEmpty(letters);
        Assert.All(letters, letter => Assert.False(string.IsNullOrWhiteSpace(letter.Reason)));
    }

    [Fact]
    public async Task List_AgainAndAgain_TakesNothingAway()
    {
        var pool = WakeUpContract.NewPool();
        await using var worker = await Party.StartAsync(broker.Options, pool);
        await worker.Announcer.AnnounceAsync(pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());
        await SendAsync(pool, "poison");
        await Eventually.ValueAsync("it is a dead letter", () => worker.DeadLetters.ListAsync([pool]), found => found.Count == 1);

        for (var i = 0; i < 12; i++) Assert.Single(await worker.DeadLetters.ListAsync([pool]));
    }

    [Fact]
    public async Task Replay_WhatCanBeReadNow_WakesAndIsGone()
    {
        var pool = WakeUpContract.NewPool();
        await using var worker = await Party.StartAsync(broker.Options, pool);
        await worker.Announcer.AnnounceAsync(pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());
        worker.Listener.Failure = new InvalidOperationException("the worker cannot be woken");
        await worker.Announcer.AnnounceAsync(pool);
        var letter = Assert.Single(await Eventually.ValueAsync("it is a dead letter", () => worker.DeadLetters.ListAsync([pool]), found => found.Count == 1));
        Assert.Contains("the worker cannot be woken", letter.Reason, StringComparison.Ordinal);

        worker.Listener.Failure = null;
        Assert.Equal(1, await worker.DeadLetters.ReplayAsync([pool]));

        Assert.Equal(pool, await worker.Listener.NextAsync());
        Assert.Empty(await worker.DeadLetters.ListAsync([pool]));
    }

    [Fact]
    public async Task List_BrokerIsAway_SaysSo()
    {
        await using var party = Party.Create(broker.Options with { Uri = $"amqp://guest:guest@127.0.0.1:{FreePorts.Next()}/" });

        var error = await Assert.ThrowsAsync<MessagingUnavailableException>(() => party.DeadLetters.ListAsync(["default"]));

        Assert.DoesNotContain("guest:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_BrokerIsAway_IsOneLineATime()
    {
        var lines = new RecordingLoggers();
        await using var party = Party.Create(broker.Options with { Uri = $"amqp://guest:guest@127.0.0.1:{FreePorts.Next()}/" }, lines, "default");
        await party.StartAsync();

        await Eventually.IsTrueAsync("the bus says that it cannot connect", () => lines.Said.Any(l => l.Level >= LogLevel.Warning));

        Assert.All(lines.Said, line => Assert.DoesNotContain('\n', line.Text));
        Assert.All(lines.Said, line => Assert.Null(line.Exception));
    }

    private static string Mutate(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length / 10; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return Encoding.Latin1.GetString(bytes);
    }

    private async Task SendAsync(string pool, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = broker.Server.Address }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json" };
        await channel.BasicPublishAsync("", $"ptune-work-{pool}", mandatory: true, properties, Encoding.Latin1.GetBytes(body));
    }
}
