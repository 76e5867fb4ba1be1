namespace Ptune.Supervisor.Executors;

/// <summary>An exit code in words: the shell's convention is 128 and the signal's number.</summary>
internal static class ExitDescription
{
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> s_signals = new()
    {
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [15] = "SIGTERM",
    };

    /// <summary>The signal's name; null where it was none, or one that has no name here.</summary>
    public static string? SignalOf(int code) => s_signals.GetValueOrDefault(code - SignalBase);

    public static bool IsKill(int code) => code == SignalBase + 9;

    /// <param name="code">The exit code.</param>
    /// <param name="isOutOfMemory">The kernel has counted a kill for memory.</param>
    /// <param name="isCounted">The kernel tells how many there were.</param>
    public static string Of(int code, bool isOutOfMemory, bool isCounted) => code switch
    {
        SignalBase + 9 when isOutOfMemory => "killed by signal 9 (SIGKILL) by the kernel, since the memory of its control group ran out",
        SignalBase + 9 when isCounted => "killed by signal 9 (SIGKILL); the kernel has counted no kill for memory in its control group",
        SignalBase + 9 => "killed by signal 9 (SIGKILL), as the kernel does when the machine runs out of memory",
        > SignalBase when s_signals.TryGetValue(code - SignalBase, out var name) => $"killed by signal {code - SignalBase} ({name})",
        _ => $"exit code {code}",
    };
}
