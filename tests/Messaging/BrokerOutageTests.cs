using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Fixtures;

namespace Ptune.Messaging.Tests;

public sealed class BrokerOutageTests(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    // What a broker that was killed does not answer is given up soon.
    private MessagingOptions Impatient => broker.Options with { AnnounceTimeout = TimeSpan.FromSeconds(2), RestAfterFailure = TimeSpan.Zero };

    [Fact]
    public async Task Start_WithoutABroker_WorksAndCatchesUpWhenItComes()
    {
        var pool = WakeUpContract.NewPool();
        var options = broker.Options with { AnnounceTimeout = TimeSpan.FromSeconds(1), RestAfterFailure = TimeSpan.FromHours(1) };
        await broker.Server.KillAsync();
        await using var silo = await Party.StartAsync(options);
        await using var impatient = await Party.StartAsync(options with { RestAfterFailure = TimeSpan.Zero });
        await using var worker = await Party.StartAsync(options, pool);

        var first = await Assert.ThrowsAsync<MessagingUnavailableException>(() => silo.Announcer.AnnounceAsync(pool));
        Assert.Contains("did not accept a wake-up", first.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guest", first.Message, StringComparison.Ordinal);
        var second = await Assert.ThrowsAsync<MessagingUnavailableException>(() => silo.Announcer.AnnounceAsync(pool));
        Assert.Contains("a moment ago", second.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MessagingUnavailableException>(() => impatient.Announcer.AnnounceAsync(pool));
        Assert.Equal(HealthStatus.Degraded, await worker.HealthAsync());

        await broker.Server.RestartAsync();
        await AnnounceUntilTakenAsync(impatient, pool);

        Assert.Equal(pool, await worker.Listener.NextAsync());
        await Eventually.ValueAsync("the worker is healthy", worker.HealthAsync, status => status == HealthStatus.Healthy);
    }

    /// <summary>A broker takes seconds to start, so both are looked at in the same restarts.</summary>
    [Fact]
    public async Task Restart_InOrderAndByACrash_ReconnectsListenersAndKeepsWakeUpsThatWait()
    {
        var (heard, waiting) = (WakeUpContract.NewPool(), WakeUpContract.NewPool());
        await using var silo = await Party.StartAsync(Impatient);
        await using var worker = await Party.StartAsync(broker.Options, heard);
        await AnnounceUntilTakenAsync(silo, heard);
        Assert.Equal(heard, await worker.Listener.NextAsync());
        await AnnounceUntilTakenAsync(silo, waiting);

        await broker.Server.RestartAsync();
        await AnnounceUntilTakenAsync(silo, heard);
        Assert.Equal(heard, await worker.Listener.NextAsync());
        await AnnounceUntilTakenAsync(silo, waiting);

        // An orderly restart above, a crash here: RabbitMQ 3.10 itself forgets a queue that was declared within the second before a kill -9.
        await broker.Server.KillAsync();
        await Assert.ThrowsAsync<MessagingUnavailableException>(() => silo.Announcer.AnnounceAsync(heard));
        await broker.Server.RestartAsync();
        await AnnounceUntilTakenAsync(silo, heard);
        Assert.Equal(heard, await worker.Listener.NextAsync());

        await using var late = await Party.StartAsync(broker.Options, waiting);
        Assert.Equal([waiting, waiting], [await late.Listener.NextAsync(), await late.Listener.NextAsync()]);
    }

    [Fact]
    public async Task Announce_Cancelled_EndsAsCancelled()
    {
        await using var silo = await Party.StartAsync(broker.Options);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silo.Announcer.AnnounceAsync(WakeUpContract.NewPool(), cancelled.Token));
    }

    /// <summary>As the pool's sweep does.</summary>
    private static Task AnnounceUntilTakenAsync(Party party, string pool) => Eventually.IsTrueAsync("a wake-up is taken", async () =>
    {
        await party.Announcer.AnnounceAsync(pool);
        return true;
    });
}
