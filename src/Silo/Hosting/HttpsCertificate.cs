using Microsoft.AspNetCore.Server.Kestrel.Https;
using Ptune.Messaging.Tls;

namespace Ptune.Silo.Hosting;

/// <summary>The certificate of https addresses: asked for at each handshake, so that new files are used without a restart.</summary>
internal static class HttpsCertificate
{
    public static Action<HttpsConnectionAdapterOptions> Of(string certificate, string key)
    {
        var own = new CertificateFile(certificate, key);
        return https =>
        {
            // Kestrel asks for one of these; what it then does would leave out the certificates between ours and the authority.
            https.ServerCertificateSelector = (_, _) => own.Leaf;
            https.OnAuthenticate = (_, server) => (server.ServerCertificateSelectionCallback, server.ServerCertificateContext) = (null, own.Context);
        };
    }
}
