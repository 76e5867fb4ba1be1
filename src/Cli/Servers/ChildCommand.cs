using System.Runtime.InteropServices;

namespace Ptune.Cli.Servers;

/// <summary>How this client starts its own programs.</summary>
internal static class ChildCommand
{
    private const int SigTerm = 15;

    /// <summary>
    /// The words that start a .NET program as a session of its own, so that Ctrl-C in the terminal reaches only the client, which passes it on;
    /// and so that the kernel ends it when the thread that started it ends.
    /// </summary>
    public static string[] Words(string program, params string[] arguments)
    {
        string[] wrapper = File.Exists("/usr/bin/setsid") && File.Exists("/usr/bin/setpriv") ? ["/usr/bin/setsid", "/usr/bin/setpriv", "--pdeathsig", "TERM", "--"] : [];
        return [.. wrapper, ProgramFile.DotnetHost(), program, .. arguments];
    }

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
