using System.ComponentModel.DataAnnotations;

namespace Ptune.Silo.Configuration;

/// <summary>The HTTP API's addresses and who may use it.</summary>
internal sealed class HttpOptions
{
    /// <summary>
    /// Addresses to listen on, separated by ';'. Default: http://127.0.0.1:8080. Port 0 takes a free port, so that several servers live on
    /// one machine; their clients then find the port in the store's server.json. Whoever can be reached from elsewhere than loopback asks for keys.
    /// </summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>
    /// Whether callers need a key. Default: required as soon as an address is not loopback, or a token is set; none otherwise, so that one machine needs no login. none can only be chosen on
    /// loopback.
    /// </summary>
    public AuthMode? Auth { get; set; }

    /// <summary>An admin key named <c>settings</c>, which clients send as <c>Authorization: Bearer TOKEN</c>. Default: none. Deprecated: it cannot be revoked without a restart, and everybody who has it is the same caller. It is never logged.</summary>
    public string? Token { get; set; }

    /// <summary>The address that people use in their browser, where a proxy stands before the server: the logins of other issuers lead back to it. Default: the one that the request names.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The file with the server's certificate for <c>https://</c> addresses, in PEM; those that it was signed by may follow in it. Default: none. New files are used by the next connection.</summary>
    public string? Certificate { get; set; }

    /// <summary>The file with its key, in PEM, without a password. Default: none.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>The largest body of a request, in bytes. Default: 1048576. A spec has at most a million characters (docs/cli.md) whatever this is; a larger body only lets a client hold more memory.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxSpecBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a client may take to send a request's headers. Default: 15 s. Whoever holds connections open without asking for anything is cut off then.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection is kept on which nothing is asked. Default: 130 s, as long as most proxies keep theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>The least rate at which a client must send a body and read an answer, in bytes/s, after 5 s of grace. Default: 240. A slower one is cut off; an upload goes on where it was.</summary>
    [Range(1, 1024 * 1024)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>Connections at a time; further ones are closed at once. Default: 10000. Each costs a file handle.</summary>
    [Range(10, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Whether callers need a key.</summary>
    public bool RequiresAccess => Auth is { } chosen ? chosen == AuthMode.Required : Token is not null || !HttpOptionsValidator.IsLoopbackOnly(Urls);
}
