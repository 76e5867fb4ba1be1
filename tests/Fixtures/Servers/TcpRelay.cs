using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ptune.Fixtures.Servers;

/// <summary>A loopback port in front of another one, whose connections can be cut, as by a broken network.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly ConcurrentDictionary<TcpClient, bool> _connections = [];
    private readonly Lock _gate = new();
    private TcpListener? _listener;

    private TcpRelay(int target) => _target = target;

    /// <summary>Where clients connect.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>Starts to relay to a port.</summary>
    public static TcpRelay Start(int target)
    {
        var relay = new TcpRelay(target);
        relay.Mend();
        return relay;
    }

    /// <summary>Closes every connection, and refuses others until it is mended.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Stop();
            _listener = null;
        }
        foreach (var connection in _connections.Keys) connection.Close();
    }

    /// <summary>Takes connections again.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            if (_listener is not null) return;
            _listener = new TcpListener(IPAddress.Loopback, Port);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }
    }

    /// <inheritdoc cref="Cut"/>
    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = RelayAsync(await listener.AcceptTcpClientAsync().ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        (_connections[near], _connections[far]) = (true, true);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target).ConfigureAwait(false);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream())).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two ends has gone: so does the other.
        }
        _connections.TryRemove(near, out _);
        _connections.TryRemove(far, out _);
    }
}
