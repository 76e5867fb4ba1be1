using System.Runtime.InteropServices;

namespace Ptune.Silo.Hosting;

/// <summary>The streams that the program was started with.</summary>
internal static class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>
    /// Writes nothing to a stream that was closed when the program started. The descriptor's number belongs to something that the runtime has opened since:
    /// the log would go there.
    /// </summary>
    public static void LeaveClosedOnesAlone()
    {
        if (!IsInherited(Output)) Console.SetOut(TextWriter.Null);
        if (!IsInherited(Error)) Console.SetError(TextWriter.Null);
    }

    /// <summary>The runtime opens everything so that it is closed on exec; an inherited descriptor never is, or it would not have been inherited.</summary>
    private static bool IsInherited(int descriptor) => Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int descriptor, int command);
}
