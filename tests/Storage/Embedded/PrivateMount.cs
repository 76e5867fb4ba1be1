using System.Diagnostics;

namespace Ptune.Storage.Tests.Embedded;

/// <summary>Mounts that only one child sees, and that end with it.</summary>
internal static class PrivateMount
{
    /// <summary>Starts the shell over inside a mount namespace of its own; the commands that follow run there.</summary>
    public static string Prefix { get; } = $"[ -n \"$PTUNE_MOUNTS\" ] || PTUNE_MOUNTS=1 exec {Unshare} /bin/bash -c \"$BASH_EXECUTION_STRING\" bash \"$@\"\n";

    public static bool IsPossible { get; } = Try();

    private static string Unshare => Environment.IsPrivilegedProcess ? "unshare --mount" : "unshare --map-root-user --mount";

    private static bool Try()
    {
        using var process = Process.Start("/bin/sh", ["-c", $"{Unshare} mount -t tmpfs tmpfs /mnt 2>/dev/null"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
