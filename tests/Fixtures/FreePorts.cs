using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ptune.Fixtures;

/// <summary>
/// Loopback ports that nobody listens on. They lie below the range that the kernel gives to outgoing connections, so
/// that no client takes one between this look and the server's start; a port is never handed out twice by one process.
/// </summary>
public static class FreePorts
{
    private const int First = 10_000;
    private const int AfterLast = 32_000;
    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>One free port.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, AfterLast);
            if (IsFree(port) && s_given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    /// <summary>Several free ports, all different.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <summary>Whether nobody listens on the port, on loopback or on every interface.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
