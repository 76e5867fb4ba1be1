using Ptune.Fixtures;
using Ptune.Fixtures.Servers;

namespace Ptune.Messaging.Tests;

/// <summary>A broker that speaks TLS and takes only clients with a certificate.</summary>
public sealed class BrokerTlsTests
{
    [Fact]
    public async Task Announce_OverMutualTls_IsHeardAndAForeignerIsRefused()
    {
        using var folder = new TemporaryFolder("broker-tls");
        using var authority = new TestAuthority(folder.Location);
        using var foreign = new TestAuthority(folder.Location, "foreign");
        var server = authority.Issue("broker");
        var client = authority.Issue("client");
        await using var broker = await RabbitMqServer.StartAsync(tls: [authority.File, server.Certificate, server.Key]);
        var options = new MessagingOptions
        {
            Transport = MessagingTransport.RabbitMq,
            Uri = $"amqps://guest:guest@127.0.0.1:{broker.TlsPort}/",
            AnnounceTimeout = TimeSpan.FromSeconds(30),
            Authority = authority.File,
            Certificate = client.Certificate,
            CertificateKey = client.Key,
        };
        var pool = WakeUpContract.NewPool();
        await using var silo = await Party.StartAsync(options);
        await using var worker = await Party.StartAsync(options, pool);
        await silo.Announcer.AnnounceAsync(pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());

        // One that trusts another authority, and one that the broker does not know.
        var other = foreign.Issue("other");
        foreach (var wrong in new[] { options with { Authority = foreign.File }, options with { Certificate = other.Certificate, CertificateKey = other.Key } })
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await new BrokerTopology(wrong).OpenAsync("test", TestContext.Current.CancellationToken));
        }
    }

    /// <summary>The whole authority is replaced: whoever went on with an old file would not know the broker, or not be known by it.</summary>
    [Fact]
    public async Task Files_OfANewAuthority_AreUsedByTheNextConnection()
    {
        using var folder = new TemporaryFolder("broker-rotation");
        using var authority = new TestAuthority(folder.Location);
        var (server, client) = (authority.Issue("broker"), authority.Issue("client"));
        var (trusted, known) = (folder.PathOf("trusted.pem"), folder.PathOf("known.pem"));
        File.Copy(authority.File, trusted);
        File.Copy(authority.File, known);
        await using var broker = await RabbitMqServer.StartAsync(tls: [known, server.Certificate, server.Key]);
        var options = new MessagingOptions
        {
            Transport = MessagingTransport.RabbitMq,
            Uri = $"amqps://guest:guest@127.0.0.1:{broker.TlsPort}/",
            AnnounceTimeout = TimeSpan.FromSeconds(10),
            RestAfterFailure = TimeSpan.Zero,
            Authority = trusted,
            Certificate = client.Certificate,
            CertificateKey = client.Key,
        };
        var pool = WakeUpContract.NewPool();
        await using var silo = await Party.StartAsync(options);
        await using var worker = await Party.StartAsync(options, pool);
        await AnnounceUntilTakenAsync(silo, pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());

        using var next = new TestAuthority(folder.Location, "next");
        next.Issue("broker");
        next.Issue("client");
        File.Copy(next.File, trusted, overwrite: true);
        File.Copy(next.File, known, overwrite: true);
        await broker.RestartAsync();
        await AnnounceUntilTakenAsync(silo, pool);
        Assert.Equal(pool, await worker.Listener.NextAsync());
    }

    [Fact]
    public void Problems_OfTlsFiles_NameTheSetting()
    {
        var options = new MessagingOptions { Transport = MessagingTransport.RabbitMq, Uri = "amqp://host/", Authority = "/nowhere/ca.pem", Certificate = "/nowhere/c.pem" };
        var problems = options.Problems();
        Assert.Contains(problems, p => p.StartsWith("Messaging:CertificateKey is missing", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("Messaging:Authority '/nowhere/ca.pem' cannot be read", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("write amqps://", StringComparison.Ordinal));
    }

    /// <summary>As the pool's sweep does.</summary>
    private static Task AnnounceUntilTakenAsync(Party party, string pool) => Eventually.IsTrueAsync("a wake-up is taken", async () =>
    {
        await party.Announcer.AnnounceAsync(pool);
        return true;
    });
}
