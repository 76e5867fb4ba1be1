namespace Ptune.Learning.Adaptation;

/// <summary>A folder that is written whole or not at all.</summary>
internal static class OutputFolder
{
    /// <summary>Refuses a folder that holds something: nothing is overwritten or mixed.</summary>
    /// <exception cref="AdapterRefusedException">It is a file, or a folder that is not empty.</exception>
    public static void RefuseUsed(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new AdapterRefusedException($"{folder} exists and is not empty. Give a new folder, or empty it.");
    }

    /// <summary>Fills a folder, which must not exist or be empty. On failure everything is removed again, also the folders that were made for it.</summary>
    /// <param name="last">The file that makes the folder whole: it appears last.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="AdapterRefusedException">The folder is not empty.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public static void Fill(string folder, string last, Action<string> write)
    {
        RefuseUsed(folder);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var made = Missing(target);
        // Within the target, because only there is the file system certainly the same.
        string staging = Path.Combine(target, $".partial-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(staging);
            write(staging);
            foreach (var entry in new DirectoryInfo(staging).GetFileSystemInfos().OrderBy(entry => entry.Name == last)) Move(entry, Path.Combine(target, entry.Name));
            Directory.Delete(staging);
        }
        catch (Exception error)
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            foreach (string empty in made.TakeWhile(path => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())) Directory.Delete(empty);
            if (error is IOException or UnauthorizedAccessException) throw new IOException($"{folder} cannot be written: {error.Message} Nothing was left behind.", error);
            throw;
        }
    }

    private static void Move(FileSystemInfo entry, string to)
    {
        if (entry is DirectoryInfo directory) directory.MoveTo(to);
        else ((FileInfo)entry).MoveTo(to);
    }

    // The folder and those around it that are not there yet, the innermost first.
    private static List<string> Missing(string folder)
    {
        var missing = new List<string>();
        for (string? path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path)) missing.Add(path);
        return missing;
    }
}
