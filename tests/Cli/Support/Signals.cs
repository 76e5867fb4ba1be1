using System.Runtime.InteropServices;

namespace Ptune.Cli.Tests.Support;

/// <summary>Signals to processes that a test started.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => Assert.Equal(0, Kill(processId, signal));

    public static bool Lives(int processId) => Kill(processId, 0) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
