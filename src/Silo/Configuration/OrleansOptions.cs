using System.ComponentModel.DataAnnotations;

namespace Ptune.Silo.Configuration;

/// <summary>The silo's place among silos.</summary>
internal sealed class OrleansOptions
{
    /// <summary>Silos with one id form one cluster. Default: ptune. It may change with a deployment; the stored state does not depend on it.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9-]{0,62}$", ErrorMessage = "It is letters, digits and '-'.")]
    public string ClusterId { get; set; } = "ptune";

    /// <summary>The name of the service whose state it is. Default: ptune. With another one, the stored state is not found.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9-]{0,62}$", ErrorMessage = "It is letters, digits and '-'.")]
    public string ServiceId { get; set; } = "ptune";

    /// <summary>
    /// The address at which other silos and workers reach this one, and on which it listens. Default: 127.0.0.1. The silo's ports ask for no
    /// password: another address belongs into a network that only the cluster can reach.
    /// </summary>
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>Port for the other silos. Default: a free one (embedded), 11111 (cluster).</summary>
    [Range(0, 65535)]
    public int? SiloPort { get; set; }

    /// <summary>Port for workers. Default: none (embedded: the worker lives in the server), 30000 (cluster).</summary>
    [Range(0, 65535)]
    public int? GatewayPort { get; set; }

    /// <summary>The file with the certificate that this silo shows to silos and workers, in PEM. With it, and with the two below, they speak TLS and take nobody without a certificate of the authority. Default: none.</summary>
    public string? Certificate { get; set; }

    /// <summary>The file with its key, in PEM, without a password. Default: none.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>The file with the authorities that the others' certificates are checked by, in PEM. Their names are not compared: use an authority that signs for this cluster alone. Default: none.</summary>
    public string? Authority { get; set; }
}
