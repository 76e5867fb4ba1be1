using System.Runtime.InteropServices;

namespace Ptune.Cli.Output;

/// <summary>The system's calls on the standard streams: poll(2), write(2), fcntl(2), with Linux's numbers.</summary>
internal static class Descriptors
{
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int BrokenPipe = 32;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>
    /// False when the descriptor was closed as the program started. Its number then belongs to something that the runtime has opened since, which
    /// shows by its being closed on exec: an inherited descriptor never is.
    /// </summary>
    public static bool IsInherited(int descriptor) => Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    /// <summary>Waits until one of the events, an error or the other end's leaving is there; -1 in a number of milliseconds waits for ever.</summary>
    public static short Wait(int descriptor, short events, int milliseconds = -1)
    {
        var wanted = new Polled { Descriptor = descriptor, Events = events };
        while (Poll(ref wanted, 1, milliseconds) < 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
        return wanted.Returned;
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, in byte bytes, nint count);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll(ref Polled wanted, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
