using System.Buffers;
using System.Collections.Concurrent;

namespace Ptune.Storage.Embedded;

/// <summary>Files that grow by what arrives, each by one writer at a time. Only the process that has the store's lock lets files grow, so what it knows is enough.</summary>
internal sealed class GrowingFiles
{
    private const UnixFileMode Growing = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int BufferBytes = 1 << 20;

    private readonly ConcurrentDictionary<string, bool> _writing = new(StringComparer.Ordinal);

    /// <param name="path">The file; its folder is there.</param>
    /// <param name="offset">How long it has to be.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="writing">Does what writes the folder, and names the folder in its errors; an error of the source is the caller's, and passes as it is.</param>
    /// <param name="cancellation">Stops between two writes.</param>
    /// <returns>False when it has another length, or somebody is just writing it.</returns>
    public async Task<bool> AppendAsync(string path, long offset, Stream content, Action<Action> writing, CancellationToken cancellation)
    {
        if (!_writing.TryAdd(path, true)) return false;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        FileStream? file = null;
        try
        {
            writing(() => file = OpenAt(path, offset));
            if (file is null) return false;
            try
            {
                while (await content.ReadAsync(buffer, cancellation) is var read and > 0) writing(() => file.Write(buffer, 0, read));
            }
            finally
            {
                writing(() => file.Flush(flushToDisk: true));
            }
            return true;
        }
        finally
        {
            file?.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
            _writing.TryRemove(path, out _);
        }
    }

    private static FileStream? OpenAt(string path, long offset)
    {
        if ((new FileInfo(path) is { Exists: true } known ? known.Length : 0) != offset) return null;
        // A part that an earlier version stored may not be written.
        if (offset > 0 && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Growing);
        return new FileStream(path, offset == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }
}
