using Duende.IdentityModel.Client;

namespace Ptune.Cli.Logins;

/// <summary>Login by a code that the person enters in any browser, on this machine or another one (RFC 8628).</summary>
internal static class DeviceLogin
{
    /// <summary>Seconds between two questions where the issuer names none, and what <c>slow_down</c> adds; both are the RFC's.</summary>
    private const int Pause = 5;

    /// <summary>How long a code is tried where the issuer does not say how long it counts.</summary>
    private const int Lifetime = 15 * 60;

    /// <param name="issuer">Where.</param>
    /// <param name="scopes">What is asked for.</param>
    /// <param name="show">Tells the person the code, the address to enter it at, and the address that has it in it, if there is one.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="IssuerException">The person has declined, or was too late; or the issuer refuses.</exception>
    /// <exception cref="CliException">The issuer has no device flow, or cannot be reached.</exception>
    public static async Task<IssuedTokens> RunAsync(IssuerClient issuer, IEnumerable<string> scopes, Action<string, string, string?> show, CancellationToken cancellation)
    {
        if ((await issuer.DiscoverAsync(cancellation)).DeviceAuthorizationEndpoint is not { Length: > 0 } address)
            throw new CliException(ExitCode.Usage, $"{issuer.Authority} has no login by code.", "Log in with 'ptune login --browser'.");
        var code = await issuer.BeginDeviceAsync(address, string.Join(' ', scopes), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (code.IsError) throw Refused(issuer, code);
        show(code.UserCode!, code.VerificationUri!, code.VerificationUriComplete);
        var (pause, end) = (code.Interval > 0 ? code.Interval : Pause, issuer.Clock.GetUtcNow().AddSeconds(code.ExpiresIn ?? Lifetime));
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(pause), issuer.Clock, cancellation);
            var answer = await issuer.AskDeviceAsync(code.DeviceCode!, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!answer.IsError) return issuer.Tokens(answer);
            // The network between may come back before the code has expired.
            if (answer.Error is "slow_down" || answer.ErrorType != ResponseErrorType.Protocol) pause += Pause;
            else if (answer.Error != "authorization_pending") throw Refused(issuer, answer);
            if (issuer.Clock.GetUtcNow() >= end) throw answer.ErrorType == ResponseErrorType.Protocol ? Late() : Refused(issuer, answer);
        }
    }

    private static CliException Refused(IssuerClient issuer, ProtocolResponse answer) => answer.ErrorType != ResponseErrorType.Protocol
        ? new CliException(ExitCode.Unreachable, $"{issuer.Authority} does not answer: {answer.Error}")
        : answer.Error switch
        {
            "access_denied" => new IssuerException("The login was declined."),
            "expired_token" => Late(),
            _ => new IssuerException($"{issuer.Authority} refuses the login: {answer.Error}"),
        };

    private static IssuerException Late() => new("The code was not entered in time.", "Run 'ptune login' again.");
}
