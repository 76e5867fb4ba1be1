using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ptune.Storage.Tests.Blobs;

/// <summary>Copies the descriptors of the files that are being written while it is read, as a process does that forks just then, and keeps them open.</summary>
internal sealed class CopyingStream() : MemoryStream(new byte[Bytes])
{
    public const int Bytes = 1_000;

    public List<SafeFileHandle> Copies { get; } = [];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        foreach (var entry in Directory.EnumerateFiles("/proc/self/fd"))
        {
            if (new FileInfo(entry).LinkTarget?.Contains("/.unfinished/", StringComparison.Ordinal) != true) continue;
            Copies.Add(new SafeFileHandle(Duplicate(int.Parse(Path.GetFileName(entry), System.Globalization.CultureInfo.InvariantCulture)), ownsHandle: true));
        }
        return base.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var copy in Copies) copy.Dispose();
        base.Dispose(disposing);
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Duplicate(int descriptor);
}
