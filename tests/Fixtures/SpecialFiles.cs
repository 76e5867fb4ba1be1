using System.Diagnostics;
using System.Net.Sockets;

namespace Ptune.Fixtures;

/// <summary>What a path may name beside a file: <c>pipe</c>, <c>socket</c>, <c>folder</c>, and <c>zero</c>, a link to a device that never ends.</summary>
public sealed class SpecialFiles : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SpecialFiles(string folder)
    {
        using var made = Process.Start("mkfifo", [Path.Combine(folder, "pipe")]);
        made.WaitForExit();
        if (made.ExitCode != 0) throw new IOException($"mkfifo ended with {made.ExitCode}.");
        _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "socket")));
        Directory.CreateDirectory(Path.Combine(folder, "folder"));
        File.CreateSymbolicLink(Path.Combine(folder, "zero"), "/dev/zero");
    }

    public void Dispose() => _socket.Dispose();
}
