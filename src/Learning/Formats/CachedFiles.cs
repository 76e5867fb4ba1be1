namespace Ptune.Learning.Formats;

/// <summary>Keeps a folder of safetensors files that can be made again within its budget. Files that are mapped stay with those who map them.</summary>
internal static class CachedFiles
{
    public const string Extension = ".safetensors";

    private const string _lock = ".lock";
    private const string _part = ".part";

    /// <summary>Removes what was not used for the longest time until the folder fits, and what killed processes left.</summary>
    /// <param name="kept">The file that was just made; null: none.</param>
    public static void Evict(string folder, long budget, string? kept = null)
    {
        foreach (var part in new DirectoryInfo(folder).GetFiles($"*{Extension}{_part}")) RemoveAbandoned(part);
        var files = new DirectoryInfo(folder).GetFiles($"*{Extension}").OrderBy(file => file.LastAccessTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        long bytes = files.Sum(file => file.Length);
        foreach (var file in files.Where(file => kept is null || file.FullName != Path.GetFullPath(kept)).TakeWhile(_ => bytes > budget))
        {
            bytes -= file.Length;
            file.Delete();
            File.Delete(file.FullName + _lock);
        }
    }

    /// <summary>The right to make a file, until it is disposed of or the process ends; null: another process has it.</summary>
    public static FileStream? TakeLock(string path)
    {
        string name = path + _lock;
        try
        {
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(name))
        {
            return null;
        }
    }

    // Who is making a file holds its lock.
    private static void RemoveAbandoned(FileInfo part)
    {
        using var held = TakeLock(part.FullName[..^_part.Length]);
        if (held is not null) part.Delete();
    }
}
