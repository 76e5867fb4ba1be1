namespace Ptune.Messaging.Tls;

/// <summary>What is wrong with the files that a section names.</summary>
public static class TlsProblems
{
    /// <param name="section">The section's name: the problems begin with it.</param>
    /// <param name="certificate">Of the setting Certificate; null: not set.</param>
    /// <param name="key">Of CertificateKey.</param>
    /// <param name="authority">Of Authority.</param>
    /// <param name="isMutual">Whether both sides show a certificate, so that all three belong together.</param>
    public static IEnumerable<string> Of(string section, string? certificate, string? key, string? authority, bool isMutual)
    {
        if (certificate is null != key is null) yield return $"{section}:{(certificate is null ? "Certificate" : "CertificateKey")} is missing; a certificate and its key are named together.";
        else if (certificate is not null && CertificateFile.Problem(certificate, key!) is { } wrong) yield return $"{section}:Certificate '{certificate}' {wrong}";
        if (authority is not null && AuthorityFile.Problem(authority) is { } untrusted) yield return $"{section}:Authority '{authority}' {untrusted}";
        if (isMutual && certificate is null != authority is null)
            yield return $"{section}:{(authority is null ? "Authority" : "Certificate")} is missing; name Certificate, CertificateKey and Authority, or none of them.";
    }
}
