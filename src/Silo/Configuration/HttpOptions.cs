using System.ComponentModel.DataAnnotations;

namespace Ptune.Silo.Configuration;

/// <summary>The HTTP API's addresses and who may use it.</summary>
internal sealed class HttpOptions
{
    /// <summary>
    /// Addresses to listen on, separated by ';'. Default: http://127.0.0.1:8080. Port 0 takes a free port, so that several servers live on
    /// one machine; their clients then find the port in the store's server.json. Anything but loopback needs <see cref="Token"/>.
    /// </summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The secret that clients send as <c>Authorization: Bearer TOKEN</c>. Default: none, which is enough on loopback only. It is never logged.</summary>
    public string? Token { get; set; }

    /// <summary>The largest body of a request, in bytes. Default: 1048576. A spec has at most a million characters (docs/cli.md) whatever this is; a larger body only lets a client hold more memory.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxSpecBytes { get; set; } = 1024 * 1024;
}
