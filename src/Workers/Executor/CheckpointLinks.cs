using System.Runtime.InteropServices;
using Ptune.Protocol;

namespace Ptune.Executor;

/// <summary>
/// Gives each checkpoint a name of its own. The trainer replaces its file by a rename when it writes the next, so a second name for the
/// same bytes keeps them, at no cost; where the file system has no links it is a copy.
/// </summary>
internal static partial class CheckpointLinks
{
    public static CheckpointFile Keep(string file, long step, string folder)
    {
        Directory.CreateDirectory(folder);
        var kept = Path.Combine(folder, $"{step:D12}-{Guid.NewGuid():N}.safetensors");
        if (Link(file, kept) != 0) File.Copy(file, kept);
        return new CheckpointFile(kept, step);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string added);
}
