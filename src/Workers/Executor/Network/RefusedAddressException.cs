using System.Net;

namespace Ptune.Executor.Network;

/// <summary>A host stands for an address that <see cref="AddressRules"/> refuses.</summary>
internal sealed class RefusedAddressException(string host, IPAddress address)
    : Exception($"{(host.Trim('[', ']') == address.ToString() ? host : $"{host} stands for {address}, which")} is an address that this worker fetches nothing from ({AddressRules.Variable}).");
