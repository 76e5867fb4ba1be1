using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Fixtures;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;
using Ptune.Silo.Security;

namespace Ptune.Silo.Tests.Support;

/// <summary>A server in this process that asks for keys.</summary>
public class AccessServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("access");
    private WebApplication? _app;

    internal IServiceProvider Services => _app!.Services;

    internal ApiKeys Keys => Services.GetRequiredService<ApiKeys>();

    protected TemporaryFolder Folder => _folder;

    public Uri Url => new(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What differs from the least.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        var values = new Dictionary<string, string?>
        {
            ["Http:Urls"] = "http://127.0.0.1:0",
            ["Http:Auth"] = "required",
            ["Storage:Folder"] = _folder.PathOf("store"),
            ["Worker:Executors"] = "0",
            ["Logging:LogLevel:Default"] = "None",
        };
        foreach (var (key, value) in Settings) values[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var (settings, problems) = SettingsLoader.Load(configuration);
        Assert.Empty(problems);
        _app = ServerHost.Build(settings, configuration);
        await _app.StartAsync();
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

    internal async Task<ApiKeyCreated> KeyAsync(Role role, string tenant, TimeSpan? lifetime = null, string? name = null) =>
        (await Keys.CreateAsync(role, role == Role.Admin ? ApiKeyView.AllTenants : tenant, name, lifetime, "test"))!;

    /// <summary>A client with this token.</summary>
    public HttpClient Client(string? token = null, string? tenant = null)
    {
        var client = new HttpClient { BaseAddress = Url };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        if (tenant is not null) client.DefaultRequestHeaders.Add(Routes.TenantHeader, tenant);
        return client;
    }

    internal async Task<HttpClient> ClientAsync(Role role, string tenant) => Client((await KeyAsync(role, tenant)).Key);
}
