using System.Net;
using Ptune.Messaging.Tls;

namespace Ptune.Silo.Configuration;

/// <summary>The silo's address and ports.</summary>
internal sealed class OrleansOptionsValidator(ServerMode mode) : ISectionValidator<OrleansOptions>
{
    public IEnumerable<SettingProblem> Validate(OrleansOptions options)
    {
        if (!IPAddress.TryParse(options.AdvertisedAddress, out var address))
            yield return new("Orleans:AdvertisedAddress", $"'{options.AdvertisedAddress}' is not an IP address.", "Write the address of this machine or pod, not its name.");
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return new("Orleans:AdvertisedAddress", $"Nobody can connect to '{options.AdvertisedAddress}'.", "Write the one address at which the others reach this silo.");
        else if (mode == ServerMode.Embedded && !IPAddress.IsLoopback(address))
            yield return new("Orleans:AdvertisedAddress", "An embedded server has no other silos.", "Leave it out, or set PTUNE_Mode=cluster.");

        if (options.SiloPort is > 0 && options.SiloPort == options.GatewayPort)
            yield return new("Orleans:GatewayPort", $"It is the silo's port too ({options.SiloPort}).", "Use two ports.");
        if (mode == ServerMode.Cluster && options.SiloPort == 0)
            yield return new("Orleans:SiloPort", "A silo of a cluster needs a port.", "Leave it out for 11111.");
        if (mode == ServerMode.Cluster && options.GatewayPort == 0)
            yield return new("Orleans:GatewayPort", "Workers need a port to connect to.", "Leave it out for 30000.");
        foreach (var problem in TlsProblems.Of("Orleans", options.Certificate, options.CertificateKey, options.Authority, isMutual: true)) yield return SettingProblem.Parse(problem);
    }
}
