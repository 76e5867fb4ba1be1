using Orleans.Connections.Security;
using Ptune.Messaging.Tls;

namespace Ptune.Supervisor.Hosting;

/// <summary>
/// Mutual TLS between silos, and between silos and workers: each side shows a certificate of the cluster's own authority. They call each other by addresses that come and go with pods, so the
/// certificate's name is not compared; the authority signs for nobody else.
/// </summary>
public static class OrleansTls
{
    public static void Configure(TlsOptions tls, string certificate, string key, string authority)
    {
        var (own, trusted) = (new CertificateFile(certificate, key), new AuthorityFile(authority));
        // It asks for this one, and then uses what the selectors say at each handshake.
        tls.LocalCertificate = own.Leaf;
        tls.LocalServerCertificateSelector = (_, _) => own.Leaf;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own.Leaf;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (remote, chain, _) => trusted.HasSigned(remote, chain);
        tls.OnAuthenticateAsServer = (_, server) => server.ClientCertificateRequired = true;
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "ptune";
    }
}
