using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ptune.Storage.Files;

/// <summary>
/// A regular file that a user has named, open for reading. The name may be that of anything: a pipe that nobody writes to would block whoever opens it, a device might never end, or do something
/// because it was opened. So the kind is looked at first and again after opening, opening never waits, and no more is read than the file held when it was opened.
/// </summary>
internal sealed partial class RegularFile : Stream
{
    private const int CurrentFolder = -100;
    private const int OfHandle = 0x1000;
    private const uint TypeAndSize = 0x201;

    // Of struct statx (statx(2)), which is the same on every architecture.
    private const int StatusBytes = 256;
    private const int ModeOffset = 28;
    private const int SizeOffset = 40;

    private const int ReadOnly = 0;
    private const int NoTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private readonly SafeFileHandle _handle;
    private RegularFile(SafeFileHandle handle, string path, long length) => (_handle, Path, Length) = (handle, path, length);

    /// <summary>As it was named when it was opened.</summary>
    public string Path { get; }

    /// <summary>For what reads it by other means, such as a mapping; it closes with this object.</summary>
    public SafeFileHandle Handle => _handle;

    /// <summary>Bytes that it held when it was opened.</summary>
    public override long Length { get; }

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>Opens it; links are followed.</summary>
    /// <exception cref="NotARegularFileException">It is something else.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It cannot be opened for another reason.</exception>
    public static RegularFile Open(string path)
    {
        // The kernel would take the name for shorter than it is.
        if (path.Contains('\0')) throw new FileNotFoundException("A file's name cannot hold the character U+0000.");
        Span<byte> status = stackalloc byte[StatusBytes];
        if (StatusOf(CurrentFolder, path, 0, TypeAndSize, status) != 0) throw Failure(path);
        RequireRegular(path, status);
        var descriptor = OpenFile(path, ReadOnly | NonBlocking | CloseOnExec | NoTerminal);
        if (descriptor < 0) throw Failure(path);
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (StatusOf(descriptor, "", OfHandle, TypeAndSize, status) != 0) throw Failure(path);
            RequireRegular(path, status);
            return new RegularFile(handle, path, MemoryMarshal.Read<long>(status[SizeOffset..]));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The whole content.</summary>
    /// <exception cref="IOException">It holds more than an array can, became shorter meanwhile, or cannot be read.</exception>
    public byte[] ReadToEnd()
    {
        if (Length > Array.MaxLength) throw new IOException($"'{Path}' has {Length:N0} bytes; at most {Array.MaxLength:N0} can be read.");
        var content = new byte[Length - Position];
        ReadExactly(content);
        return content;
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, Length - Position);
        if (wanted <= 0) return 0;
        var read = RandomAccess.Read(_handle, buffer[..wanted], Position);
        if (read == 0) throw new EndOfStreamException($"'{Path}' became shorter while it was being read.");
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _handle.Dispose();
        base.Dispose(disposing);
    }

    private static void RequireRegular(string path, ReadOnlySpan<byte> status)
    {
        var kind = (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & 0xF000) switch
        {
            0x8000 => null,
            0x4000 => "a directory",
            0x1000 => "a named pipe",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => "something else",
        };
        if (kind is not null) throw new NotARegularFileException(path, kind);
    }

    private static Exception Failure(string path)
    {
        const int noEntry = 2, accessDenied = 13, notADirectory = 20;
        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            noEntry or notADirectory => new FileNotFoundException($"There is no file '{path}'.", path),
            accessDenied => new UnauthorizedAccessException($"'{path}' cannot be read: permission denied."),
            _ => new IOException($"'{path}' cannot be opened: {new Win32Exception(error).Message}."),
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOf(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
