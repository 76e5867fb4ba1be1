namespace Ptune.Learning.Formats;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="isDurable">Whether it stands after a loss of power, too; what can be made again, and is checked when it is read, need not wait for the disk.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; what stood at <paramref name="path"/> is untouched.</exception>
    public static void Write(string path, Action<Stream> write, bool isDurable = true)
    {
        string part = path + ".part";
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: isDurable);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
