using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ptune.Fixtures.Processes;

/// <summary>Time on a processor: what a limit on work is held against, since time on the wall also counts what other programs did.</summary>
public static class CpuTime
{
    // From the kernel's clock identifiers.
    private const int ThreadClock = 3;

    /// <summary>Of the calling thread, so far.</summary>
    public static TimeSpan OfThisThread()
    {
        return NativeClock(ThreadClock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new InvalidOperationException($"The thread's clock cannot be read: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Of all threads of a process, so far.</summary>
    /// <exception cref="ArgumentException">It has ended.</exception>
    public static TimeSpan OfProcess(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
