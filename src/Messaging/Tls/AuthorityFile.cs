using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ptune.Messaging.Tls;

/// <summary>The authorities whose certificates are trusted, and no others, in a PEM file that is read anew when it changes. Two in one file is how an authority is replaced.</summary>
public sealed class AuthorityFile(string path)
{
    private readonly FileWatch<X509Certificate2Collection> _watch = new(() => Read(path), path);

    /// <summary>Whether the other side's certificate was signed by one of them and is in its time. Its name is not looked at.</summary>
    public bool HasSigned(X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_watch.Current);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(e => e.Certificate).ToArray());
        return chain.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    /// <summary>As <see cref="HasSigned"/>, and the certificate is for the name that was called.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && HasSigned(certificate, sent);

    /// <summary>What is wrong with the file, as the end of a sentence; null: nothing.</summary>
    public static string? Problem(string path)
    {
        try
        {
            return Read(path).Count == 0 ? "holds no certificate in PEM" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private static X509Certificate2Collection Read(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    }
}
