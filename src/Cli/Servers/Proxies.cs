namespace Ptune.Cli.Servers;

/// <summary>The proxy that the environment names (http_proxy, https_proxy, all_proxy, no_proxy). This machine itself is reached without one.</summary>
internal static class Proxies
{
    /// <summary>Null where the server is reached directly.</summary>
    public static Uri? Of(Uri address) =>
        address.IsLoopback || HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);

    /// <summary>Behind a server's address in a message; empty where there is no proxy. A password in the proxy's address is left out.</summary>
    public static string Through(Uri address) => Of(address) is { } proxy ? $" through the proxy {proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}" : "";

    /// <summary>What to do when a proxy is in the way.</summary>
    public const string Fix = "The proxy comes from http_proxy, https_proxy or all_proxy; no_proxy names hosts that are reached without it.";
}
