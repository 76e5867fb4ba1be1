using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;

namespace Ptune.Supervisor.Attempts;

/// <summary>The folder of one attempt; gone after it.</summary>
internal sealed class AttemptFolder : IDisposable
{
    public AttemptFolder(string parent, Lease lease)
    {
        Path = System.IO.Path.Combine(parent, $"{JobIds.Abbreviate(lease.JobId)}-{lease.Epoch}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    private const string Used = "uses";

    public string Path { get; }

    /// <summary>A folder in it; made.</summary>
    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Says that an artifact or a file of the cache is needed until the attempt has ended, so that no worker removes it: before it is looked for.</summary>
    /// <param name="name">What it is called there: the digits of its digest.</param>
    public void Use(string name) => File.Create(System.IO.Path.Combine(Sub(Used), name)).Dispose();

    /// <summary>Whether the attempt with that folder has said so.</summary>
    public static bool Uses(string attempt, string name) => File.Exists(System.IO.Path.Combine(attempt, Used, name));

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Left for the next start, which removes what a worker left behind.
        }
    }
}
