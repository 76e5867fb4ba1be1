using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ptune.Messaging.Tls;

/// <summary>A certificate and its key in PEM files, read anew when they change: each new connection uses the newest.</summary>
public sealed class CertificateFile
{
    private readonly FileWatch<SslStreamCertificateContext> _watch;

    /// <param name="certificate">The certificate's file; those that it was signed by may follow in it.</param>
    /// <param name="key">The private key's file, without a password.</param>
    public CertificateFile(string certificate, string key) => _watch = new(() => Read(certificate, key), certificate, key);

    /// <summary>With the certificates up to the authority, for servers.</summary>
    public SslStreamCertificateContext Context => _watch.Current;

    public X509Certificate2 Leaf => _watch.Current.TargetCertificate;

    /// <summary>What is wrong with the files, as the end of a sentence; null: nothing.</summary>
    public static string? Problem(string certificate, string key)
    {
        try
        {
            _ = Read(certificate, key);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"cannot be used with its key '{key}': {e.Message}";
        }
    }

    private static SslStreamCertificateContext Read(string certificate, string key)
    {
        var leaf = X509Certificate2.CreateFromPemFile(certificate, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificate);
        return SslStreamCertificateContext.Create(leaf, [.. all.Skip(1)], offline: true);
    }
}
