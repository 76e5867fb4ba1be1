using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ptune.Fixtures.Processes;

/// <summary>Sends signals to processes, always by id.</summary>
public static class Signals
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal.</summary>
    /// <returns>Whether the process was there to receive it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not that of one process (0 and below mean groups).</exception>
    /// <exception cref="Win32Exception">The process belongs to somebody else.</exception>
    public static bool Send(int processId, UnixSignal signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        if (NativeKill(processId, (int)signal) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    /// <summary>The ids of the processes that a process has started and that still run; none when it is gone.</summary>
    public static int[] ChildrenOf(int processId)
    {
        try
        {
            // The kernel keeps them by the thread that started them.
            return [.. Directory.GetDirectories($"/proc/{processId}/task").SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
