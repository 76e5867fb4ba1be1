using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ptune.Cli.Logins;

namespace Ptune.Cli.Tests.Logins;

/// <summary>How long the client waits for a person, by the answers of an issuer, which here are written down.</summary>
public sealed class DeviceLoginTests : IAsyncLifetime
{
    private const string Given = """{"access_token":"given","token_type":"Bearer","expires_in":60}""";

    private readonly HastyClock _clock = new();
    private readonly ConcurrentQueue<string> _answers = [];
    private WebApplication _app = null!;
    private string _device = """{"device_code":"d","user_code":"ABCD-EFGH","verification_uri":"https://issuer.example/device","interval":7,"expires_in":60}""";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Json($$"""{"issuer":"{{Url}}","token_endpoint":"{{Url}}/token","device_authorization_endpoint":"{{Url}}/device"}"""));
        _app.MapPost("/device", () => Json(_device));
        _app.MapPost("/token", () => _answers.TryDequeue(out var answer) && answer == Given ? Json(answer) : Json($$"""{"error":"{{answer ?? "authorization_pending"}}"}""", 400));
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Url => _app.Urls.First();

    [Fact]
    public async Task Run_SlowDown_WaitsLongerFromThenOn()
    {
        foreach (var answer in new[] { "authorization_pending", "slow_down", "authorization_pending", Given }) _answers.Enqueue(answer);
        var tokens = await RunAsync();
        Assert.Equal("given", tokens.Access);
        Assert.Null(tokens.Refresh);
        Assert.Equal([7, 7, 12, 12], _clock.Waited);
    }

    [Fact]
    public async Task Run_IssuerThatNamesNoPause_WaitsFiveSeconds()
    {
        _device = """{"device_code":"d","user_code":"ABCD-EFGH","verification_uri":"https://issuer.example/device"}""";
        _answers.Enqueue(Given);
        await RunAsync();
        Assert.Equal([5], _clock.Waited);
    }

    [Theory]
    [InlineData("expired_token", "The code was not entered in time.")]
    [InlineData("access_denied", "The login was declined.")]
    [InlineData("invalid_client", "refuses the login: invalid_client")]
    public async Task Run_Refused_SaysWhy(string answer, string why)
    {
        _answers.Enqueue(answer);
        Assert.Contains(why, (await Assert.ThrowsAsync<IssuerException>(RunAsync)).Message, StringComparison.Ordinal);
    }

    /// <summary>An issuer that never says that the code has expired.</summary>
    [Fact]
    public async Task Run_NobodyEntersTheCode_Ends()
    {
        Assert.Contains("in time", (await Assert.ThrowsAsync<IssuerException>(RunAsync)).Message, StringComparison.Ordinal);
        Assert.InRange(_clock.Waited.Sum(), 60, 70);
    }

    private async Task<IssuedTokens> RunAsync()
    {
        using var issuer = new IssuerClient(Url, "client", _clock);
        return await DeviceLogin.RunAsync(issuer, ["openid"], (code, address, _) => Assert.Equal(("ABCD-EFGH", "https://issuer.example/device"), (code, address)), CancellationToken.None);
    }

    private static IResult Json(string text, int status = 200) => Results.Text(text, "application/json", statusCode: status);

    /// <summary>A clock on which every wait is over at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public List<double> Waited { get; } = [];

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero)
            {
                Waited.Add(dueTime.TotalSeconds);
                _now += dueTime;
            }
            return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
        }
    }
}
