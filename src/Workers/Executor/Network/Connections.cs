using System.Net.Sockets;

namespace Ptune.Executor.Network;

/// <summary>How the executor connects to addresses that a spec names: the address that was checked is the one that is connected to, at every redirect.</summary>
internal static class Connections
{
    private static readonly Lazy<AddressRules> s_rules = new(() => new AddressRules(Environment.GetEnvironmentVariable(AddressRules.Variable)));

    public static AddressRules Rules => s_rules.Value;

    public static SocketsHttpHandler NewHandler() => new() { ConnectTimeout = TimeSpan.FromSeconds(30), ConnectCallback = ConnectAsync };

    /// <summary>What was refused, where that is why a request failed.</summary>
    public static RefusedAddressException? Refusal(Exception error) => error as RefusedAddressException ?? (error.InnerException is { } inner ? Refusal(inner) : null);

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Rules.ResolveAsync(context.DnsEndPoint.Host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
