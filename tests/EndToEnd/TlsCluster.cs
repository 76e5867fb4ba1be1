using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>A cluster whose own authority signs for the broker and every silo and worker, and another authority that it does not know.</summary>
public sealed class TlsCluster : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("tls-cluster");
    private Cluster? _cluster;

    public TestAuthority Authority { get; private set; } = null!;

    public TestAuthority Foreign { get; private set; } = null!;

    public Cluster Cluster => _cluster!;

    public async ValueTask InitializeAsync()
    {
        (Authority, Foreign) = (new TestAuthority(_folder.Location), new TestAuthority(_folder.Location, "foreign"));
        _cluster = await Cluster.StartAsync(_folder.Location, workers: 0, authority: Authority);
    }

    /// <summary>A spec as a file.</summary>
    public string Write(string spec)
    {
        var path = _folder.PathOf($"{Guid.NewGuid():n}.yaml");
        File.WriteAllText(path, spec);
        return path;
    }

    /// <summary>What is other in the settings of somebody who does not belong to the cluster: with a certificate of another authority, or none at all.</summary>
    public Dictionary<string, string?> Outsider(string section, bool hasForeign)
    {
        var (certificate, key, _) = Foreign.Issue("outsider");
        return new()
        {
            [$"PTUNE_{section}__Certificate"] = hasForeign ? certificate : null,
            [$"PTUNE_{section}__CertificateKey"] = hasForeign ? key : null,
            [$"PTUNE_{section}__Authority"] = hasForeign ? Authority.File : null,
        };
    }

    /// <summary>Tells a worker to leave, and waits until it has.</summary>
    public static async Task EndAsync(Program worker)
    {
        worker.Signal(15);
        Assert.Equal(0, await worker.ExitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        Authority.Dispose();
        Foreign.Dispose();
        _folder.Dispose();
    }
}
