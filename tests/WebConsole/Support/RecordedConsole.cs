using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Identity;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>A server in this process on a store in which a study and a sweep were computed.</summary>
public sealed class RecordedConsole : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("recorded-console");
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        RecordedStore.WithStudy(_folder.Location);
        var configuration = SettingsLoader.Sources(CommandLine.Parse(["--Http:Urls", "http://127.0.0.1:0", "--Storage:Folder", _folder.PathOf("store"), "--Worker:Executors", "0", "--Logging:LogLevel:Default", "Error"]));
        _app = ServerHost.Build(SettingsLoader.Load(configuration).Settings, configuration);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Visitor NewVisitor() => new(Url, JobIds.DefaultTenant);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        _folder.Dispose();
    }
}
