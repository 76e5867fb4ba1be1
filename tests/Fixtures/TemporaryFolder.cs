namespace Ptune.Fixtures;

/// <summary>A folder of the test's own, gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes an empty folder.</summary>
    /// <param name="purpose">Stands in the folder's name, for the one who finds it after a crash.</param>
    public TemporaryFolder(string purpose = "test") =>
        Location = Directory.CreateTempSubdirectory($"ptune-{purpose}-").FullName;

    /// <summary>The folder's full path.</summary>
    public string Location { get; }

    /// <summary>A path below the folder; nothing is created.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Location, .. parts]);

    /// <summary>Makes a folder below the folder.</summary>
    public string Subfolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    // Links are removed and never followed: what they lead to is not ours.
    private static readonly EnumerationOptions s_ours = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>Removes the folder with everything in it, read-only files and folders too. What links in it lead to stays as it is.</summary>
    public void Dispose()
    {
        if (!Directory.Exists(Location))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Location, "*", s_ours))
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Location, recursive: true);
    }
}
