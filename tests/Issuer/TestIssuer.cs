using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Ptune.Fixtures.Issuer;

/// <summary>
/// An OpenID Connect issuer in this process: OpenIddict, which gives every program a token for the groups and the audience that it names, and lets in the <see cref="Person"/> whom a test has put
/// before it.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    /// <summary>The client of the console, and its secret.</summary>
    public const string Console = "console";
    public const string Secret = "a-secret-of-the-console";

    private const string Agreed = "agreed";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _redeemed = new();

    private TestIssuer(string url)
    {
        Url = url;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
        _app.Use(AskAsync);
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseEndpoints(_ => { });
    }

    public string Url { get; }

    /// <summary>Who sits before the browser; null: somebody who declines.</summary>
    public Person? Person { get; set; }

    /// <summary>Whether a person is shown a page before the answer, as issuers do.</summary>
    public bool Asks { get; set; }

    /// <summary>How long identity tokens are valid, from now on.</summary>
    public TimeSpan IdentityLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The audience of access tokens for people.</summary>
    public string Audience { get; set; } = "ptune";

    /// <summary>The logins that were ended, by the name of the person.</summary>
    public ConcurrentQueue<string?> Ended { get; } = new();

    public SigningCredentials Signing => Options.SigningCredentials[0];

    private OpenIddictServerOptions Options => _app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer($"http://127.0.0.1:{FreePorts.Next()}/");
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token as the issuer gives it.</summary>
    public async Task<string> TokenAsync(string name, string group, string audience = "ptune")
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        using var response = await http.PostAsync("token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = name,
            ["client_secret"] = "secret",
            ["group"] = group,
            ["for"] = audience,
        }));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()! : throw new InvalidOperationException(text);
    }

    /// <summary>A token that the issuer would not give, signed as it signs.</summary>
    public string Made(Action<SecurityTokenDescriptor> change)
    {
        var now = DateTime.UtcNow;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = "ptune",
            NotBefore = now.AddMinutes(-5),
            IssuedAt = now.AddMinutes(-5),
            Expires = now.AddMinutes(5),
            SigningCredentials = Signing,
            Claims = new Dictionary<string, object> { ["sub"] = "ann", ["groups"] = "ml-red" },
        };
        change(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>The issuer signs with a new key from now on, and no longer publishes the old one.</summary>
    public void Rotate()
    {
        Options.SigningCredentials.Clear();
        Options.SigningCredentials.Add(new SigningCredentials(NewKey(), SecurityAlgorithms.RsaSha256));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    private Task AskAsync(HttpContext http, RequestDelegate next)
    {
        if (!Asks || http.Request.Path != "/authorize" || http.Request.Query.ContainsKey(Agreed)) return next(http);
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync($"""<html lang="en"><title>Issuer</title><a href="{HtmlEncoder.Default.Encode($"{http.Request.Path}{http.Request.QueryString}&{Agreed}=1")}">Go on</a></html>""");
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode();
        server.SetIssuer(new Uri(Url)).SetTokenEndpointUris("token").AllowClientCredentialsFlow().AcceptAnonymousClients();
        server.SetAuthorizationEndpointUris("authorize").AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.SetEndSessionEndpointUris("logout").RegisterScopes(Scopes.Profile);
        server.AddSigningKey(NewKey()).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != Console || !IsOurs(context.RedirectUri)) context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (Person is { } person) context.Principal = Who(person, context.Request.GetScopes());
            else context.Reject(Errors.AccessDenied, "The person has declined.");
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (!context.Request.IsAuthorizationCodeGrantType()) return default;
            if (context.ClientId == Console && context.ClientSecret != Secret) context.Reject(Errors.InvalidClient);
            else if (!_redeemed.TryAdd(context.Request.Code!, true)) context.Reject(Errors.InvalidGrant, "The code was used before.");
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.Request.IsClientCredentialsGrantType()) context.Principal = Who(context.Request);
            return default;
        }));
        server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.PostLogoutRedirectUri is { } back && !IsOurs(back)) context.Reject(Errors.InvalidRequest);
            return default;
        }));
        server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            Ended.Enqueue(context.IdentityTokenHintPrincipal?.FindFirst("sub")?.Value);
            context.SignOut();
            return default;
        }));
    }

    /// <summary>Every test has a port of its own, so a whole address cannot be registered.</summary>
    private static bool IsOurs(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal);

    private ClaimsPrincipal Who(Person person, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity("test", "sub", "role");
        identity.SetClaim("sub", person.Name).SetClaims("groups", [.. person.Groups]);
        identity.SetScopes(scopes).SetResources(Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity).SetIdentityTokenLifetime(IdentityLife);
    }

    private static ClaimsPrincipal Who(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("test", "sub", "role");
        identity.AddClaim("sub", request.ClientId!);
        identity.AddClaim("groups", (string)request.GetParameter("group")!);
        identity.SetResources((string)request.GetParameter("for")!);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
