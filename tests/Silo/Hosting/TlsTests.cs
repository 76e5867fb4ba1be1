using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Http;
using Ptune.Contracts.Pools;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;
using Ptune.Supervisor.Hosting;

namespace Ptune.Silo.Tests.Hosting;

public sealed class TlsTests(TlsServer tls) : IClassFixture<TlsServer>
{
    [Fact]
    public async Task Https_CertificateIsReplaced_IsUsedByTheNextConnection()
    {
        Assert.Equal(tls.FirstNumber, await NumberAsync());
        var second = tls.Authority.Issue("server").Number;
        await Eventually.ValueAsync("a connection sees the new certificate", NumberAsync, number => number == second);
        Assert.NotEqual(tls.FirstNumber, second);
        // What is no certificate changes nothing.
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(tls.Authority.File)!, "server.pem"), "no certificate");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => NumberAsync()));
        Assert.Equal(second, await NumberAsync());
        tls.Authority.Issue("server");
    }

    [Fact]
    public async Task Gateway_ClientOfTheAuthority_IsAnsweredAndAForeignerIsNot()
    {
        Assert.Equal("default", (await AskAsync(tls.Authority)).Name);
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(tls.Foreign));
    }

    private async Task<PoolView> AskAsync(TestAuthority own)
    {
        var (certificate, key, _) = own.Issue("worker");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(tls.GatewayPort, "ptune", "ptune");
            client.UseTls(options => OrleansTls.Configure(options, certificate, key, tls.Authority.File));
        });
        using var host = builder.Build();
        await host.StartAsync();
        var view = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPoolGrain>("default").Get();
        await host.StopAsync();
        return view;
    }

    /// <summary>The number of the certificate that a new connection is shown.</summary>
    private async Task<string> NumberAsync()
    {
        var number = "";
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                number = certificate!.SerialNumber;
                return tls.Authority.HasSigned(certificate);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = tls.Server.Url };
        Assert.Contains("embedded", await client.GetStringAsync(Routes.Version), StringComparison.Ordinal);
        return number;
    }
}
