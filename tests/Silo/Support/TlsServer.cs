using System.Globalization;
using Ptune.Fixtures;

namespace Ptune.Silo.Tests.Support;

/// <summary>A server with TLS everywhere, by certificates of an authority of its own.</summary>
public sealed class TlsServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("tls");

    public TestAuthority Authority { get; private set; } = null!;

    public TestAuthority Foreign { get; private set; } = null!;

    public SiloProcess Server { get; private set; } = null!;

    public int GatewayPort { get; } = FreePorts.Next();

    public async ValueTask InitializeAsync()
    {
        (Authority, Foreign) = (new TestAuthority(_folder.Location), new TestAuthority(_folder.Location, "foreign"));
        var (certificate, key, _) = Authority.Issue("server");
        Server = await SiloProcess.StartAsync(_folder.Location, new()
        {
            ["PTUNE_Http__Urls"] = "https://127.0.0.1:0",
            ["PTUNE_Http__Certificate"] = certificate,
            ["PTUNE_Http__CertificateKey"] = key,
            ["PTUNE_Orleans__GatewayPort"] = GatewayPort.ToString(CultureInfo.InvariantCulture),
            ["PTUNE_Orleans__Certificate"] = certificate,
            ["PTUNE_Orleans__CertificateKey"] = key,
            ["PTUNE_Orleans__Authority"] = Authority.File,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Authority.Dispose();
        Foreign.Dispose();
        _folder.Dispose();
    }
}
