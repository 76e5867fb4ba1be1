using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Ptune.Supervisor.Hosting;

/// <summary>Gateways of silos by name: each name stands for all addresses that it has at the moment, as those of a headless service's pods.</summary>
/// <param name="names">HOST:PORT,...</param>
/// <param name="refresh">How old an answer may be.</param>
internal sealed class GatewayNames(string names, TimeSpan refresh) : IGatewayListProvider
{
    private readonly (string Host, int Port)[] _names = Read(names);

    public TimeSpan MaxStaleness => refresh;

    public bool IsUpdatable => true;

    /// <summary>What is wrong with such a list, or null.</summary>
    public static string? Problem(string names) => Read(names) is { Length: > 0 } read && Array.TrueForAll(read, name => name is { Host.Length: > 0, Port: > 0 and <= ushort.MaxValue })
        ? null
        : $"is '{names}': give HOST:PORT, or several, with commas between them.";

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <summary>A name that has no address now is left out: its silos may not have started.</summary>
    public async Task<IList<Uri>> GetGateways()
    {
        var found = new List<Uri>();
        foreach (var (host, port) in _names)
        {
            try
            {
                foreach (var address in await Dns.GetHostAddressesAsync(host)) found.Add(new IPEndPoint(address, port).ToGatewayUri());
            }
            catch (SocketException)
            {
                // No address.
            }
        }
        return found;
    }

    private static (string Host, int Port)[] Read(string names) =>
    [
        .. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => name.LastIndexOf(':') is var colon and > 0 && int.TryParse(name[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? (name[..colon].Trim('[', ']'), port)
            : ("", 0)),
    ];
}
