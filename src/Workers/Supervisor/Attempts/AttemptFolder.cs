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

    public string Path { get; }

    /// <summary>A folder in it; made.</summary>
    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

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
