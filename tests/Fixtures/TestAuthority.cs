using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ptune.Fixtures;

/// <summary>A certificate authority of a test's own, which writes PEM files.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddHours(-1);
    private static readonly DateTimeOffset s_until = DateTimeOffset.UtcNow.AddDays(2);

    private readonly string _folder;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    /// <param name="folder">Where its files go.</param>
    /// <param name="name">Its name, and that of its file.</param>
    public TestAuthority(string folder, string name = "authority")
    {
        _folder = folder;
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(s_from, s_until);
        File = Write($"{name}.pem", _root.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <summary>Whether it has signed this.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    /// <summary>Signs a certificate for 127.0.0.1 and localhost, and puts it and its key where files with this name were, as a certificate manager does.</summary>
    /// <returns>The files, and the certificate's number.</returns>
    public (string Certificate, string Key, string Number) Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var leaf = request.Create(_root, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        return (Write($"{name}.pem", leaf.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), leaf.SerialNumber);
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path + ".new", text + "\n");
        System.IO.File.Move(path + ".new", path, overwrite: true);
        return path;
    }
}
