using Ptune.Messaging.Tls;

namespace Ptune.Supervisor.Hosting;

/// <summary>Which cluster the worker belongs to: the same two names as its silos'. From configuration, section <c>Orleans</c>.</summary>
internal sealed record ClusterOptions
{
    public const string Section = "Orleans";

    /// <summary>The running set of silos. Default: ptune.</summary>
    public string ClusterId { get; init; } = "ptune";

    /// <summary>The service whose state they share, over all their versions. Default: ptune.</summary>
    public string ServiceId { get; init; } = "ptune";

    /// <summary>
    /// Where silos take connections of workers, HOST:PORT,...; a name stands for all its addresses, and is asked for anew every few seconds. Then the worker needs no
    /// connection string: silos issue it access to the blobs. Default: none, gateways are read from the account.
    /// </summary>
    public string? Gateways { get; init; }

    /// <summary>The file with the certificate that this worker shows to silos, in PEM. With it, connections to silos are by TLS. Default: none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file with its key, in PEM, without a password. Default: none.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The file with the authorities that silos' certificates are checked by, in PEM. Default: none.</summary>
    public string? Authority { get; init; }

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(ClusterId)) yield return $"{Section}:{nameof(ClusterId)} is empty; use the silos'.";
        if (string.IsNullOrWhiteSpace(ServiceId)) yield return $"{Section}:{nameof(ServiceId)} is empty; use the silos'.";
        if (Gateways is not null && GatewayNames.Problem(Gateways) is { } mistake) yield return $"{Section}:{nameof(Gateways)} {mistake}";
        foreach (var problem in TlsProblems.Of(Section, Certificate, CertificateKey, Authority, isMutual: true)) yield return problem;
    }
}
