using Ptune.Contracts.Artifacts;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Rig;

/// <summary>A cluster to be disturbed, and what its trainings give when nothing is.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const int Trainings = 2;
    private const int SiloCount = 2;
    private const int WorkerCount = 2;
    private readonly TemporaryFolder _folder = new("chaos");
    private readonly string _run = $"{Guid.NewGuid():N}"[..8];
    private Cluster? _cluster;

    public Cluster Cluster => _cluster!;

    public Work Work { get; private set; } = null!;

    /// <summary>The files of each training, from an embedded server that nobody disturbed.</summary>
    public List<ArtifactFile[]> Expected { get; } = [];

    public static async Task<Site> StartAsync()
    {
        var site = new Site();
        site.Work = new Work(Path.Combine(site._folder.Location, "data"));
        try
        {
            var computing = site.ComputeExpectedAsync();
            site._cluster = await Cluster.StartAsync(site._folder.Location, WorkerCount);
            await computing;
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each round asks as another tenant: equal work of the same one would not be computed again.</summary>
    public RetryingClient Client(int round) => new(() => Cluster.Apis.Where((_, i) => !Cluster.Silos[i].HasExited).Select(a => a.Url), $"chaos-{_run}-{round}");

    public Program[] Living(IEnumerable<Program> programs) => [.. programs.Where(p => !p.HasExited)];

    /// <summary>Puts new processes where some are missing.</summary>
    public async Task CompleteAsync()
    {
        for (var i = Living(Cluster.Silos).Length; i < SiloCount; i++) await Cluster.StartSiloAsync();
        for (var i = Living(Cluster.Workers).Length; i < WorkerCount; i++) Cluster.StartWorker();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ComputeExpectedAsync()
    {
        await using var embedded = await Embedded.StartAsync(Path.Combine(_folder.Location, "store"));
        using var client = new RetryingClient(() => [embedded.Api.Url], "reference");
        var jobs = new List<string>();
        for (var seed = 0; seed < Trainings; seed++) jobs.Add((await client.SubmitAsync(Work.Training(seed))).JobId);
        foreach (var job in jobs)
        {
            var end = await client.EndOfAsync(job, TimeSpan.FromMinutes(5));
            if (end.Result is null) throw new InvalidOperationException($"The undisturbed training ended as {end.Status}: {end.Message}\n{embedded.Process.Output}");
            Expected.Add((await client.ArtifactAsync(end.Result.Artifact)).Manifest.Files);
        }
    }
}
