using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>TLS on every line between client, silos, workers and broker, and who does not get in.</summary>
public sealed class TlsClusterTests(TlsCluster tls) : IClassFixture<TlsCluster>
{
    private const int Unreachable = 4;

    [Fact]
    public async Task Job_RunsOnAWorkerThatHasACertificate()
    {
        var worker = tls.Cluster.StartWorker(hasKey: false);
        await PtuneAsync(tls.Authority, 0, "run", tls.Write("apiVersion: ptune/v1\nkind: NoOp\nname: over-tls\n"));
        // Both silos and the worker; the broker also listens without TLS, where nobody came in.
        await Eventually.IsTrueAsync("the silos and the worker are connected to the broker", async () => (await tls.Cluster.Rabbit.ConnectionPortsAsync()).Length >= 3);
        Assert.All(await tls.Cluster.Rabbit.ConnectionPortsAsync(), port => Assert.Equal(tls.Cluster.Rabbit.TlsPort, port));
        await TlsCluster.EndAsync(worker);
    }

    [Fact]
    public async Task Client_ThatDoesNotKnowTheAuthority_SendsNothing() =>
        Assert.Contains("certificate", await PtuneAsync(tls.Foreign, Unreachable, "list"), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Worker_WithoutACertificateOfTheAuthority_GetsNoJob(bool hasForeign)
    {
        // Seeds of its own: a job that another test has run succeeds at once, without a worker.
        var job = await tls.Cluster.Apis[0].SubmitJobAsync(new NoOpSpec { Seed = hasForeign ? 102 : 101 });
        var outsider = tls.Cluster.StartWorker(hasKey: false, tls.Outsider("Orleans", hasForeign));
        // It goes on trying, once a second.
        await outsider.SaysAsync(line => line.Contains("Connection attempt to endpoint", StringComparison.Ordinal));

        Assert.Empty(await tls.Cluster.Apis[1].WorkersAsync());
        Assert.Equal(JobStatus.Queued, (await tls.Cluster.Apis[0].JobAsync(job.JobId)).Status);
        outsider.Kill();
        // The job was there to be had.
        var worker = tls.Cluster.StartWorker(hasKey: false);
        Assert.Equal(JobStatus.Succeeded, (await tls.Cluster.Apis[0].EndOfAsync(job.JobId)).Status);
        await TlsCluster.EndAsync(worker);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silo_WithoutACertificateOfTheAuthority_DoesNotJoin(bool hasForeign)
    {
        var outsider = tls.Cluster.StartSilo(tls.Outsider("Orleans", hasForeign));

        var refused = await outsider.SaysAsync(line => line.Contains("Failed to get ping responses", StringComparison.Ordinal));

        Assert.Matches("of 2 active silos", refused);
        outsider.Kill();
        await outsider.ExitAsync();
        Assert.DoesNotContain("API ", outsider.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broker_TakesNobodyWithoutACertificateOfTheAuthority(bool hasForeign)
    {
        var changes = tls.Outsider("Messaging", hasForeign);
        changes["PTUNE_Messaging__Authority"] = tls.Authority.File;
        var outsider = tls.Cluster.StartWorker(hasKey: false, changes);
        await outsider.SaysAsync(line => line.Contains("Connection Failed: rabbitmq://", StringComparison.Ordinal));
        // Both silos are connected, and nobody else.
        await Eventually.IsTrueAsync("only the silos are connected to the broker", async () => (await tls.Cluster.Rabbit.ConnectionPortsAsync()).Length == 2);
        // The silos let it in. It asks for work from time to time, and leaves as it should.
        await TlsCluster.EndAsync(outsider);
    }

    private async Task<string> PtuneAsync(TestAuthority trusted, int code, params string[] arguments)
    {
        var variables = new Dictionary<string, string> { ["PTUNE_SERVER"] = tls.Cluster.Apis[0].Url, ["SSL_CERT_FILE"] = trusted.File };
        await using var client = Program.Start("Cli", "ptune.dll", arguments, variables);
        Assert.True(await client.ExitAsync() == code, $"ptune {string.Join(' ', arguments)} ended with {client.ExitCode}:\n{client.Output}\n{tls.Cluster.Output}");
        return client.Output;
    }
}
