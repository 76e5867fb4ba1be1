namespace Ptune.Silo.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ptune-silo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
