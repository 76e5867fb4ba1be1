using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ptune.Messaging;

/// <summary>
/// Whether the broker takes messages. With its alarm of memory or of disk space on, it accepts connections and answers everything, but reads no message
/// more: the bus looks well, and no wake-up leaves. The broker says so only to a connection that tries to publish, hence one of the check's own, on which
/// a message goes to a queue that does not exist.
/// </summary>
internal sealed class BrokerAlarmCheck(BrokerTopology topology, TimeProvider time) : IHealthCheck, IAsyncDisposable
{
    /// <summary>The health check's name.</summary>
    public const string Name = "broker";

    private const string Nowhere = "ptune.nowhere";

    /// <summary>A broker confirms in a few milliseconds; probes wait a second for the whole answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;
    private volatile string? _alarm;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var isMine = false;
        try
        {
            await _turn.WaitAsync(both.Token);
            isMine = true;
            // While it is blocked nothing is sent after it: that would only fill a buffer.
            if (_alarm is null) await PublishAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (_alarm is null) return Degraded($"did not confirm a message within {s_patience.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException)
        {
            return Degraded($"cannot be reached: {e.Message}");
        }
        finally
        {
            if (isMine) _turn.Release();
        }
        return _alarm is { } reason ? Degraded($"takes no messages: it is {reason}") : HealthCheckResult.Healthy("The broker takes messages.");
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _turn.Dispose();
    }

    private HealthCheckResult Degraded(string what) => HealthCheckResult.Degraded($"The broker at {topology.Broker} {what}.");

    private async Task PublishAsync(CancellationToken cancellation)
    {
        if (_channel is not { IsOpen: true })
        {
            await CloseAsync();
            _connection = await topology.OpenAsync("ptune health", cancellation);
            _connection.ConnectionBlockedAsync += (_, blocked) => SetAsync(blocked.Reason);
            _connection.ConnectionUnblockedAsync += (_, _) => SetAsync(null);
            _connection.ConnectionShutdownAsync += (_, _) => SetAsync(null);
            _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation);
        }
        await _channel.BasicPublishAsync("", Nowhere, ReadOnlyMemory<byte>.Empty, cancellation);
    }

    private Task SetAsync(string? alarm)
    {
        _alarm = alarm;
        return Task.CompletedTask;
    }

    private async Task CloseAsync()
    {
        // Abort waits for no answer: a broker that reads nothing gives none.
        if (_connection is { } connection) await connection.AbortAsync(TimeSpan.Zero);
        (_connection, _channel, _alarm) = (null, null, null);
    }
}
