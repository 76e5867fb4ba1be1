using System.Net;
using System.Net.Sockets;
using Ptune.Learning;

namespace Ptune.Executor.Network;

/// <summary>
/// Addresses that no job's data or model comes from, whatever name stands for them: whoever may submit could otherwise read, through the worker, what only the worker's machine can reach.
/// </summary>
internal sealed class AddressRules
{
    /// <summary>Networks such as 10.0.0.0/8, separated by semicolons, instead of the default; <c>none</c>: every address is taken.</summary>
    public const string Variable = "PTUNE_Data__RefusedAddresses";

    private const string None = "none";

    /// <summary>Link-local addresses, among which are the metadata services of most clouds, and the two that are elsewhere (Alibaba's, and Amazon's over IPv6).</summary>
    private const string Default = "169.254.0.0/16;fe80::/10;100.100.100.200/32;fd00:ec2::254/128";

    private readonly IPNetwork[] _refused;

    /// <exception cref="DataException">A part of the text is no network.</exception>
    public AddressRules(string? text)
    {
        text = string.IsNullOrWhiteSpace(text) ? Default : text.Trim();
        _refused = text == None ? [] : [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    public bool Refuse(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_refused, network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>The addresses of a host that are not refused.</summary>
    /// <exception cref="RefusedAddressException">All are.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var all = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        if (all.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        var left = Array.FindAll(all, address => !Refuse(address));
        return left.Length > 0 ? left : throw new RefusedAddressException(host, all[0]);
    }

    /// <summary>An address that is written as a number is refused here, also where a proxy would connect to it.</summary>
    /// <exception cref="RefusedAddressException">It is refused.</exception>
    public void Check(Uri address)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && Refuse(literal)) throw new RefusedAddressException(address.Host, literal);
    }

    private static IPNetwork Parse(string part) =>
        IPNetwork.TryParse(part, out var network) ? network : throw new DataException($"{Variable}: '{part}' is not a network. Write for example 10.0.0.0/8;fe80::/10, or {None}.");
}
