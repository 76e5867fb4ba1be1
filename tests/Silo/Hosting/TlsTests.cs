using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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
        var first = await NumberAsync();
        var second = tls.Authority.Issue("server").Number;
        await Eventually.ValueAsync("a connection sees the new certificate", NumberAsync, number => number == second);
        Assert.NotEqual(first, second);
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
        Assert.True(await IsHungUpOnAsync(tls.Foreign));
    }

    [Fact]
    public async Task Gateway_CertificateIsReplaced_IsShownAtTheNextHandshake()
    {
        var first = await GatewayNumberAsync();
        var second = tls.Authority.Issue("server").Number;
        Assert.NotEqual(first, second);
        await Eventually.ValueAsync("a handshake shows the new certificate", GatewayNumberAsync, number => number == second);
        Assert.Equal("default", (await AskAsync(tls.Authority)).Name);
    }

    /// <summary>The number of the certificate that the gateway shows a worker.</summary>
    private async Task<string> GatewayNumberAsync()
    {
        var (certificate, key, _) = tls.Authority.Issue("looking");
        using var shown = X509Certificate2.CreateFromPemFile(certificate, key);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tls.GatewayPort);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, remote, _, _) => remote is X509Certificate2 server && tls.Authority.HasSigned(server));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "ptune", ClientCertificates = [shown] });
        return ((X509Certificate2)stream.RemoteCertificate!).SerialNumber;
    }

    /// <summary>In TLS 1.3 the server looks at the client's certificate after the client thinks that all is well: it then hears the end, and nothing else.</summary>
    private async Task<bool> IsHungUpOnAsync(TestAuthority own)
    {
        var (certificate, key, _) = own.Issue("foreigner");
        using var shown = X509Certificate2.CreateFromPemFile(certificate, key);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tls.GatewayPort);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, remote, _, _) => remote is X509Certificate2 server && tls.Authority.HasSigned(server));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "ptune", ClientCertificates = [shown] });
            return await stream.ReadAsync(new byte[1]) == 0;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return true;
        }
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
