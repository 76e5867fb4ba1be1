using Ptune.Cli.Logins;

namespace Ptune.Cli.Servers;

/// <summary>The token that <c>ptune login</c> has kept for a server. One that has expired is renewed, also in the middle of a long run.</summary>
internal sealed class StoredLogin(Session session, Uri server)
{
    /// <summary>A token that ends sooner is renewed: it has to last for the way to the server.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    private readonly Credentials _credentials = new(session);
    private readonly Lock _gate = new();
    private Task<Credential?>? _current;

    /// <summary>Null: nobody has logged in.</summary>
    /// <exception cref="IssuerException">The login has ended.</exception>
    /// <exception cref="CliException">The file cannot be used, or the issuer cannot be reached.</exception>
    public async Task<string?> TokenAsync(CancellationToken cancellation) => HeaderText.Of((await Current().WaitAsync(cancellation))?.Token, "The kept key");

    /// <summary>All requests at a time wait for one and the same renewal.</summary>
    private Task<Credential?> Current()
    {
        lock (_gate)
        {
            if (_current is null || _current.IsFaulted || _current.IsCanceled || (_current.IsCompletedSuccessfully && MustRenew(_current.Result))) _current = ReadAsync();
            return _current;
        }
    }

    private async Task<Credential?> ReadAsync() => _credentials.Find(server) is var credential && MustRenew(credential) ? await RenewAsync(CancellationToken.None) : credential;

    private async Task<Credential?> RenewAsync(CancellationToken cancellation)
    {
        using var only = await _credentials.LockAsync(cancellation);
        // Another call may have done it meanwhile, or logged out.
        if (_credentials.Find(server) is not { } credential || !MustRenew(credential)) return _credentials.Find(server);
        using var issuer = new IssuerClient(credential.Authority!, credential.ClientId!, session.Clock);
        try
        {
            var renewed = Credential.Of(issuer, await issuer.RefreshAsync(credential.Refresh!, cancellation));
            _credentials.Keep(server, renewed);
            return renewed;
        }
        catch (IssuerException e)
        {
            throw new IssuerException($"The login at {ServerAddress.Show(server)} has ended. {e.Message}", $"Log in again with 'ptune login {ServerAddress.Show(server)}'.");
        }
    }

    private bool MustRenew(Credential? credential) => credential is { Refresh: not null, Authority: not null, ClientId: not null, Expires: { } expires } && expires < session.Clock.GetUtcNow() + Least;
}
