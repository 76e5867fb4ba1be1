using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Ptune.Fixtures.Issuer;

/// <summary>
/// An OpenID Connect issuer in this process: OpenIddict, which gives every program a token for the groups and the audience that it names, and lets in the <see cref="Person"/> whom a test has put
/// before it.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    /// <summary>The client of the console.</summary>
    public const string Console = "console";

    /// <summary>The secret of those clients that have one.</summary>
    public const string Secret = "a-secret-of-clients";

    /// <summary>The client of <c>ptune login</c>, which has no secret.</summary>
    public const string CommandLine = "command-line";

    private const string Program = "program";
    private const string Agreed = "agreed";

    private readonly WebApplication _app;

    private TestIssuer(string url)
    {
        Url = url;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        var name = Guid.NewGuid().ToString("n");
        builder.Services.AddDbContext<DbContext>(database => database.UseInMemoryDatabase(name).UseOpenIddict());
        // What is in memory knows no deletion of many rows at once.
        builder.Services.AddOpenIddict().AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations()).AddServer(Configure);
        _app = builder.Build();
        _app.Use(AskAsync);
        _app.UseRouting();
        _app.UseAuthentication();
        _app.MapPost("verify", VerifyAsync);
    }

    public string Url { get; }

    /// <summary>Who sits before the browser; null: somebody who declines.</summary>
    public Person? Person { get; set; }

    /// <summary>Whether a person is shown a page before the answer, as issuers do.</summary>
    public bool Asks { get; set; }

    /// <summary>How long identity tokens are valid, from now on.</summary>
    public TimeSpan IdentityLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long access tokens for people are valid, from now on.</summary>
    public TimeSpan AccessLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock that codes and tokens go by.</summary>
    public TimeProvider Clock { set => Options.TimeProvider = _app.Services.GetRequiredService<IOptionsMonitor<OpenIddictCoreOptions>>().CurrentValue.TimeProvider = value; }

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
        await issuer.RegisterAsync();
        return issuer;
    }

    /// <summary>Enters a code as the <see cref="Person"/> does in a browser; where there is none, it is declined.</summary>
    public async Task EnterAsync(string userCode)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Url) };
        using var answer = await http.PostAsync("verify", new FormUrlEncodedContent(new Dictionary<string, string> { ["user_code"] = userCode }));
        if (Person is not null && !answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Whether nothing renews a login any more: the tokens that could are revoked or used.</summary>
    public async Task<bool> HasEndedAsync(string name)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        await foreach (var token in tokens.FindBySubjectAsync(name))
            if (await tokens.HasTypeAsync(token, TokenTypeIdentifiers.RefreshToken) && await tokens.HasStatusAsync(token, Statuses.Valid)) return false;
        return true;
    }

    /// <summary>A token as the issuer gives it.</summary>
    public async Task<string> TokenAsync(string name, string group, string audience = "ptune")
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        using var response = await http.PostAsync("token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Program,
            ["client_secret"] = Secret,
            ["name"] = name,
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
        return http.Response.WriteAsync($"""<html lang="en"><title>Issuer</title><link rel="icon" href="data:,"><a href="{HtmlEncoder.Default.Encode($"{http.Request.Path}{http.Request.QueryString}&{Agreed}=1")}">Go on</a></html>""");
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetIssuer(new Uri(Url)).SetTokenEndpointUris("token").AllowClientCredentialsFlow();
        server.SetAuthorizationEndpointUris("authorize").AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.SetDeviceAuthorizationEndpointUris("device").SetEndUserVerificationEndpointUris("verify").AllowDeviceAuthorizationFlow();
        server.SetEndSessionEndpointUris("logout").SetRevocationEndpointUris("revoke").AllowRefreshTokenFlow().RegisterScopes(Scopes.Profile, Scopes.OfflineAccess);
        // A token that was used a moment ago is used.
        server.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        server.IgnoreEndpointPermissions().IgnoreGrantTypePermissions().IgnoreResponseTypePermissions().IgnoreScopePermissions();
        server.AddSigningKey(NewKey()).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
        server.UseAspNetCore().DisableTransportSecurityRequirement().EnableEndUserVerificationEndpointPassthrough();
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (Person is { } person) context.Principal = Who(person, context.Request.GetScopes());
            else context.Reject(Errors.AccessDenied, "The person has declined.");
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.Request.IsClientCredentialsGrantType()) context.Principal = Who(context.Request);
            else context.Principal!.SetAccessTokenLifetime(AccessLife);
            return default;
        }));
        server.AddEventHandler<ApplyDeviceAuthorizationResponseContext>(handler => handler.UseInlineHandler(context =>
        {
            // The usual five seconds would be waited in every test.
            context.Response["interval"] = 1;
            return default;
        }));
        server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            Ended.Enqueue(context.IdentityTokenHintPrincipal?.FindFirst("sub")?.Value);
            context.SignOut();
            return default;
        }));
    }

    private async Task VerifyAsync(HttpContext http)
    {
        const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
        var code = (await http.AuthenticateAsync(Scheme)).Principal;
        if (code is null) http.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (Person is { } person) await http.SignInAsync(Scheme, Who(person, code.GetScopes()), new AuthenticationProperties());
        else await http.ForbidAsync(Scheme);
    }

    /// <summary>As native programs, whose redirect addresses on loopback may have any port: every test has one of its own.</summary>
    private async Task RegisterAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await applications.CreateAsync(new OpenIddictApplicationDescriptor { ClientId = Program, ClientSecret = Secret, ClientType = ClientTypes.Confidential });
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = Console,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            ApplicationType = ApplicationTypes.Native,
            RedirectUris = { new Uri("http://127.0.0.1/login/corp/callback"), new Uri("http://localhost/login/corp/callback") },
            PostLogoutRedirectUris = { new Uri("http://127.0.0.1/logout/corp/callback"), new Uri("http://localhost/logout/corp/callback") },
        });
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = CommandLine,
            ClientType = ClientTypes.Public,
            ApplicationType = ApplicationTypes.Native,
            RedirectUris = { new Uri("http://127.0.0.1/callback") },
        });
    }

    private ClaimsPrincipal Who(Person person, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity("test", "sub", "role");
        identity.SetClaim("sub", person.Name).SetClaims("groups", [.. person.Groups]);
        identity.SetScopes(scopes).SetResources(Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity).SetIdentityTokenLifetime(IdentityLife).SetAccessTokenLifetime(AccessLife);
    }

    private static ClaimsPrincipal Who(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("test", "sub", "role");
        identity.AddClaim("sub", (string)request.GetParameter("name")!);
        identity.AddClaim("groups", (string)request.GetParameter("group")!);
        identity.SetResources((string)request.GetParameter("for")!);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
