using Duende.IdentityModel.Client;

namespace Ptune.Cli.Logins;

/// <summary>An OpenID Connect issuer from the side of a client without a secret. Its discovery document says where it is asked.</summary>
internal sealed class IssuerClient : IDisposable
{
    private readonly HttpClient _http;
    private DiscoveryDocumentResponse? _document;

    public IssuerClient(string authority, string clientId, TimeProvider clock)
    {
        (Authority, ClientId, Clock) = (authority, clientId, clock);
        // As with servers: this machine itself is reached without a proxy.
        var isLocal = Uri.TryCreate(authority, UriKind.Absolute, out var address) && address.IsLoopback;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), UseProxy = !isLocal, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = 4 * 1024 * 1024 };
    }

    public string Authority { get; }

    public string ClientId { get; }

    public TimeProvider Clock { get; }

    /// <summary>What a discovery document has to fulfil: https (or loopback), and the issuer's own name in it. Many issuers have their endpoints on several hosts; keys are the server's business, which checks the token.</summary>
    public static DiscoveryPolicy Policy => new() { ValidateEndpoints = false, RequireKeySet = false, AuthorityValidationStrategy = new AuthorityUrlValidationStrategy() };

    /// <exception cref="CliException">The issuer cannot be reached, or does not answer as one does.</exception>
    public async Task<DiscoveryDocumentResponse> DiscoverAsync(CancellationToken cancellation)
    {
        if (_document is not null) return _document;
        var document = await _http.GetDiscoveryDocumentAsync(new DiscoveryDocumentRequest { Address = Authority, Policy = Policy }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return document.IsError ? throw new CliException(ExitCode.Unreachable, $"The issuer {Authority} cannot be used: {document.Error}") : _document = document;
    }

    /// <summary>Asks for a code that a person enters on any machine's browser (RFC 8628).</summary>
    public Task<DeviceAuthorizationResponse> BeginDeviceAsync(string address, string scopes, CancellationToken cancellation) =>
        _http.RequestDeviceAuthorizationAsync(new DeviceAuthorizationRequest { Address = address, ClientId = ClientId, Scope = scopes, ClientCredentialStyle = ClientCredentialStyle.PostBody }, cancellation);

    /// <summary>Asks whether the person has entered it.</summary>
    public async Task<TokenResponse> AskDeviceAsync(string deviceCode, CancellationToken cancellation) => await _http.RequestDeviceTokenAsync(
        new DeviceTokenRequest { Address = (await DiscoverAsync(cancellation)).TokenEndpoint, ClientId = ClientId, DeviceCode = deviceCode, ClientCredentialStyle = ClientCredentialStyle.PostBody }, cancellation);

    /// <exception cref="IssuerException">The issuer does not renew this login.</exception>
    /// <exception cref="CliException">It cannot be reached.</exception>
    public async Task<IssuedTokens> RefreshAsync(string refresh, CancellationToken cancellation)
    {
        var address = (await DiscoverAsync(cancellation)).TokenEndpoint;
        var answer = await _http.RequestRefreshTokenAsync(
            new RefreshTokenRequest { Address = address, ClientId = ClientId, RefreshToken = refresh, ClientCredentialStyle = ClientCredentialStyle.PostBody }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!answer.IsError) return Tokens(answer, refresh);
        throw answer.ErrorType == ResponseErrorType.Protocol
            ? new IssuerException($"{Authority} does not renew the login: {answer.ErrorDescription ?? answer.Error}")
            : new CliException(ExitCode.Unreachable, $"{Authority} does not renew the login: {answer.Error}");
    }

    /// <summary>Ends a login at the issuer.</summary>
    /// <returns>False: the issuer cannot, or does not answer.</returns>
    public async Task<bool> RevokeAsync(string refresh, CancellationToken cancellation)
    {
        if ((await DiscoverAsync(cancellation)).RevocationEndpoint is not { Length: > 0 } address) return false;
        var answer = await _http.RevokeTokenAsync(
            new TokenRevocationRequest { Address = address, ClientId = ClientId, Token = refresh, TokenTypeHint = "refresh_token", ClientCredentialStyle = ClientCredentialStyle.PostBody }, cancellation);
        return !answer.IsError;
    }

    /// <param name="answer">The issuer's.</param>
    /// <param name="refresh">The refresh token that goes on counting where the answer has no new one.</param>
    public IssuedTokens Tokens(TokenResponse answer, string? refresh = null) =>
        new(answer.AccessToken!, answer.RefreshToken ?? refresh, answer.ExpiresIn > 0 ? Clock.GetUtcNow().AddSeconds(answer.ExpiresIn) : null);

    public void Dispose() => _http.Dispose();
}
