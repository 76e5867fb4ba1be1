using System.Net;

namespace Ptune.Executor;

/// <summary>The environment's proxy, but not for this machine itself: a proxy elsewhere cannot reach it.</summary>
internal sealed class DirectToLoopback(IWebProxy environment) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => environment.Credentials;
        set => environment.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => For(destination) ?? destination;

    public bool IsBypassed(Uri host) => For(host) is null;

    /// <summary>The proxy for an address; null where it is asked directly.</summary>
    public Uri? For(Uri address) =>
        address.IsLoopback || environment.IsBypassed(address) || environment.GetProxy(address) is not { } proxy || proxy == address ? null : proxy;
}
