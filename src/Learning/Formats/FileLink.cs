using System.Runtime.InteropServices;

namespace Ptune.Learning.Formats;

/// <summary>Gives a file a second name: gigabytes are not copied where the file system has links.</summary>
internal static partial class FileLink
{
    /// <param name="file">Nobody may write into it afterwards.</param>
    /// <param name="name">Must not exist; its folder is made.</param>
    public static void Make(string file, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        // A link to a link would be a link, which leads out of the folder.
        string target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if (Link(target, name) != 0) File.Copy(target, name);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string added);
}
