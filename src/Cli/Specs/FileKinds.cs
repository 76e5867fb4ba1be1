using System.Runtime.InteropServices;

namespace Ptune.Cli.Specs;

/// <summary>Tells files from pipes, folders and devices, which <see cref="File"/> does not.</summary>
internal static class FileKinds
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;

    /// <summary>Of struct statx (statx(2)), which is the same on every architecture.</summary>
    private const int StatusBytes = 256, ModeOffset = 28;

    private const int TypeMask = 0xF000, Regular = 0x8000, Pipe = 0x1000;

    /// <summary>Links are followed.</summary>
    public static FileKind Of(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Status(CurrentFolder, path, 0, TypeOnly, ref MemoryMarshal.GetReference(status)) != 0) return FileKind.None;
        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) switch
        {
            Regular => FileKind.Regular,
            Pipe => FileKind.Pipe,
            _ => FileKind.Other,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Status(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte status);
}
