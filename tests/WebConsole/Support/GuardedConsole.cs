using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Fixtures;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>A server in this process that asks for a key.</summary>
public class GuardedConsole : IAsyncLifetime
{
    /// <summary>The settings' token, which is an admin's key.</summary>
    public const string Token = "a-token-of-the-settings-for-tests-0123456789";

    private readonly TemporaryFolder _folder = new("guarded-console");
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>Arguments besides the least.</summary>
    protected virtual string[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        var configuration = SettingsLoader.Sources(CommandLine.Parse([
            "--Http:Urls", "http://127.0.0.1:0", "--Http:Auth", "required", "--Http:Token", Token, "--Storage:Folder", _folder.PathOf("store"), "--Worker:Executors", "0", "--Logging:LogLevel:Default", "Error", .. Settings,
        ]));
        var (settings, problems) = SettingsLoader.Load(configuration);
        Assert.Empty(problems);
        _app = ServerHost.Build(settings, configuration);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>A browser of nobody yet. It says where its requests come from, as browsers do.</summary>
    public Visitor NewVisitor()
    {
        var visitor = new Visitor(Url, "default");
        visitor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return visitor;
    }

    /// <summary>A browser that has logged in.</summary>
    public async Task<Visitor> EnterAsync(string key)
    {
        var visitor = NewVisitor();
        using var answer = await visitor.SendAsync("/login", "/login", ("key", key));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        return visitor;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
