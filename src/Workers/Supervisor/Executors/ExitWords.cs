namespace Ptune.Supervisor.Executors;

/// <summary>An exit code in words: the shell's convention is 128 and the signal's number.</summary>
internal static class ExitWords
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

    public static bool IsKill(int code) => code == SignalBase + 9;

    public static string Of(int code) => code switch
    {
        SignalBase + 9 => "killed by signal 9 (SIGKILL), as the kernel does when the machine runs out of memory",
        > SignalBase when s_signals.TryGetValue(code - SignalBase, out var name) => $"killed by signal {code - SignalBase} ({name})",
        _ => $"exit code {code}",
    };
}
