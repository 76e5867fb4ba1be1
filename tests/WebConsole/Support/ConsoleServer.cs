using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Http;
using Ptune.Fixtures;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;
using Ptune.WebConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(ConsoleServer))]

namespace Ptune.WebConsole.Tests.Support;

/// <summary>One embedded server in this process, without a worker, which all tests share; each test uses a tenant of its own.</summary>
public sealed class ConsoleServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("console");
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var arguments = CommandLine.Parse([
            "--Http:Urls", "http://127.0.0.1:0", "--Storage:Folder", _folder.PathOf("store"), "--Worker:Executors", "0", "--Jobs:WatchPatience", "0:00:00.2", "--Logging:LogLevel:Default", "Error",
        ]);
        var configuration = SettingsLoader.Sources(arguments);
        var (settings, problems) = SettingsLoader.Load(configuration);
        Assert.Empty(problems);
        _app = ServerHost.Build(settings, configuration);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>A visitor with an empty cookie jar that looks at a tenant of its own.</summary>
    public Visitor NewVisitor(string? tenant = null) => new(Url, tenant ?? $"t{Guid.NewGuid():n}");

    /// <summary>Submits a job that does nothing, into a pool that no worker serves unless a test is its worker.</summary>
    public async Task<string> SubmitAsync(string tenant, string name, string pool, long seed = 1, string asker = "client")
    {
        using var client = new HttpClient { BaseAddress = Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/jobs?asker={Uri.EscapeDataString(asker)}")
        {
            Content = new StringContent($"apiVersion: ptune/v1\nkind: NoOp\nname: {name}\nseed: {seed}\nscheduling: {{ pool: {pool} }}\n", new System.Net.Http.Headers.MediaTypeHeaderValue(Routes.Yaml)),
        };
        request.Headers.Add(Routes.TenantHeader, tenant);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("jobId").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
