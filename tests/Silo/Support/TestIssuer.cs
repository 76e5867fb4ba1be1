using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Ptune.Fixtures;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Ptune.Silo.Tests.Support;

/// <summary>An OpenID Connect issuer in this process: OpenIddict, which gives every client a token for the groups and the audience that it names.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestIssuer(WebApplication app, string url) => (_app, Url) = (app, url);

    public string Url { get; }

    internal SigningCredentials Signing => Options.SigningCredentials[0];

    private OpenIddictServerOptions Options => _app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;

    public static async Task<TestIssuer> StartAsync()
    {
        var url = $"http://127.0.0.1:{FreePorts.Next()}/";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetIssuer(new Uri(url)).SetTokenEndpointUris("token").AllowClientCredentialsFlow().AcceptAnonymousClients();
            server.AddSigningKey(NewKey()).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.Principal = new ClaimsPrincipal(Who(context.Request));
                return default;
            }));
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseEndpoints(_ => { });
        await app.StartAsync();
        return new TestIssuer(app, url);
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
        Assert.True(response.IsSuccessStatusCode, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>A token that the issuer would not give, signed as it signs.</summary>
    internal string Made(Action<SecurityTokenDescriptor> change)
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

    internal static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    private static ClaimsIdentity Who(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("test", "sub", "role");
        identity.AddClaim("sub", request.ClientId!);
        identity.AddClaim("groups", (string)request.GetParameter("group")!);
        identity.SetResources((string)request.GetParameter("for")!);
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken]);
        return identity;
    }
}
