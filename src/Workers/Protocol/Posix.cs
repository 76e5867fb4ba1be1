using System.Runtime.InteropServices;

namespace Ptune.Protocol;

/// <summary>What libc offers and the framework does not.</summary>
internal static partial class Posix
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;
    public const int StandardError = 2;

    private const int DuplicateCloseOnExec = 1030;
    private const int SetParentDeathSignal = 1;
    private const int Kill = 9;

    /// <summary>The same file under a number above the standard ones, not inherited by children.</summary>
    public static int Duplicate(int file) => Check(ControlFile(file, DuplicateCloseOnExec, StandardError + 1), "fcntl");

    /// <summary>Makes <paramref name="number"/> mean what <paramref name="file"/> means.</summary>
    public static void Redirect(int file, int number) => Check(Duplicate2(file, number), "dup2");

    /// <summary>The kernel kills this process when the thread that started it ends.</summary>
    public static void DieWithParent() => Check(ControlProcess(SetParentDeathSignal, Kill, 0, 0, 0), "prctl");

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    /// <summary>Ends the process now, without running anything else of it.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    private static int Check(int result, string call) => result >= 0
        ? result
        : throw new IOException($"{call} failed with error {Marshal.GetLastPInvokeError()}: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlFile(int file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate2(int file, int number);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ControlProcess(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
