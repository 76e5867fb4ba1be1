using System.Net;
using Microsoft.AspNetCore.Http;
using Ptune.Messaging.Tls;

namespace Ptune.Silo.Configuration;

/// <summary>Loopback unless told otherwise, and then only for callers with a key.</summary>
internal sealed class HttpOptionsValidator : ISectionValidator<HttpOptions>
{
    private const int ShortestToken = 8;

    public IEnumerable<SettingProblem> Validate(HttpOptions options)
    {
        var addresses = Addresses(options.Urls);
        if (addresses.Length == 0) yield return new("Http:Urls", "No address is given.", "Write http://127.0.0.1:8080, or leave it out.");
        foreach (var text in addresses)
        {
            if (Parse(text) is not { } address)
            {
                yield return new("Http:Urls", $"'{text}' is not an address to listen on.", "Write http://HOST:PORT or https://HOST:PORT.");
            }
            else if (IsHttps(address) && options.Certificate is null)
            {
                yield return new("Http:Certificate", $"'{text}' needs a certificate.", "Name PEM files in PTUNE_Http__Certificate and PTUNE_Http__CertificateKey.");
            }
            else if (address is { Port: 0 } && address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            {
                yield return new("Http:Urls", $"'{text}': a free port cannot be taken for 'localhost', which is two addresses.", "Write http://127.0.0.1:0.");
            }
            else if (!IsLoopback(address.Host) && options.Auth == AuthMode.None)
            {
                yield return new("Http:Auth", $"'{text}' can be reached from other machines, and no key would be needed.", "Leave PTUNE_Http__Auth out, or listen on http://127.0.0.1:PORT.");
            }
        }
        if (options.PublicUrl is { } shown && !(Uri.TryCreate(shown, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" }))
            yield return new("Http:PublicUrl", $"'{shown}' is not the address of a server.", "Write https://HOST, without a path.");
        foreach (var problem in TlsProblems.Of("Http", options.Certificate, options.CertificateKey, null, isMutual: false)) yield return SettingProblem.Parse(problem);
        if (options is { Auth: AuthMode.None, Token: not null }) yield return new("Http:Auth", "A token is set, and no key would be needed.", "Leave PTUNE_Http__Auth or PTUNE_Http__Token out.");
        if (options.Token is { } token && (token.Length < ShortestToken || token.Any(c => c is < '!' or > '~')))
            yield return new("Http:Token", $"The token is too short, or has characters that a header cannot carry.", $"Use at least {ShortestToken} printable ASCII characters without spaces: openssl rand -hex 32.");
    }

    public static string[] Addresses(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    public static bool IsLoopbackOnly(string urls) => Addresses(urls).All(text => Parse(text) is { } address && IsLoopback(address.Host));

    private static bool IsHttps(BindingAddress address) => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static BindingAddress? Parse(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return (IsHttps(address) || address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)) && !address.IsUnixPipe && !address.IsNamedPipe
                && address.PathBase.Length == 0 && address.Port is >= 0 and <= 65535 ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
