using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ptune.Storage.Files;

/// <summary>
/// A lock between processes: an operating system's lock on a file that says who holds it. A file left by a dead process is no
/// obstacle, since the lock went with the process. The file itself stays: removing it would let two holders in.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FileLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock, or says who has it.</summary>
    /// <param name="path">The lock's file; its folder must be there.</param>
    /// <param name="holder">The holder's process id when the lock is taken by another and the holder has written it yet; else null.</param>
    /// <exception cref="IOException">The file cannot be opened or locked.</exception>
    public static FileLock? TryTake(string path, out int? holder)
    {
        holder = null;
        var handle = Posix.OpenUnlocked(path);
        try
        {
            if (!Posix.TryLock(handle))
            {
                holder = ReadHolder(handle);
                handle.Dispose();
                return null;
            }
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
            return new FileLock(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static int? ReadHolder(SafeFileHandle handle)
    {
        Span<byte> bytes = stackalloc byte[16];
        var read = RandomAccess.Read(handle, bytes, 0);
        return int.TryParse(Encoding.ASCII.GetString(bytes[..read]).Trim(), CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
