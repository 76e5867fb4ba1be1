using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ptune.Storage.Files;

/// <summary>What the framework does not offer: a link that never replaces, a lock whose file others can read, and a folder's fsync.</summary>
internal static partial class Posix
{
    private const int NoEntry = 2;
    private const int Exists = 17;
    private const int WouldBlock = 11;

    private const int ReadOnly = 0;
    private const int ReadWrite = 0x2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;
    private const int OwnerWritesAllRead = 0x1A4;

    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int LockRelease = 8;

    /// <summary>Gives an existing file a second name, atomically.</summary>
    /// <returns>False when the name is taken.</returns>
    /// <exception cref="IOException">The link cannot be made.</exception>
    public static bool Link(string file, string name)
    {
        if (link(file, name) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false : throw Failure($"'{name}' cannot be created", error);
    }

    /// <summary>Makes the names in a folder survive a power loss.</summary>
    /// <exception cref="IOException">The folder cannot be synchronised.</exception>
    public static void SyncFolder(string folder)
    {
        using var handle = Open(folder, ReadOnly | CloseOnExec);
        if (fsync(handle) != 0) throw Failure($"'{folder}' cannot be synchronised", Marshal.GetLastPInvokeError());
    }

    /// <summary>Opens a file, making it if there is none, without the framework's own lock.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SafeFileHandle OpenUnlocked(string file) => Open(file, ReadWrite | Create | CloseOnExec);

    /// <summary>Takes the file's lock for this handle; the kernel gives it back when the process ends, however it ends.</summary>
    /// <returns>False when another handle has it.</returns>
    /// <exception cref="IOException">The file system has no locks.</exception>
    public static bool TryLock(SafeFileHandle handle)
    {
        if (flock(handle, LockExclusive | LockNonBlocking) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == WouldBlock ? false : throw Failure("A lock cannot be taken", error);
    }

    /// <summary>
    /// Gives the lock back, also for a copy of the handle: between a fork and its exec a child that is just being started holds one, and closing ours
    /// would leave the file locked until then.
    /// </summary>
    public static void Unlock(SafeFileHandle handle)
    {
        if (flock(handle, LockRelease) != 0) throw Failure("A lock cannot be released", Marshal.GetLastPInvokeError());
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        var descriptor = open(path, flags, OwnerWritesAllRead);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        if (error == NoEntry) throw new DirectoryNotFoundException($"'{path}' cannot be opened: its folder does not exist.");
        throw Failure($"'{path}' cannot be opened", error);
    }

    private static IOException Failure(string what, int error) => new($"{what}: {new Win32Exception(error).Message}.");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string oldPath, string newPath);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle handle);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle handle, int operation);
}
