using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Silo.Configuration;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo.Hosting;

/// <summary>A server's life: start, say where it is, run until it is told to stop, take the announcement back.</summary>
internal sealed partial class ServerRun(ServerSettings settings, IConfiguration configuration, string? announce)
{
    private readonly List<string> _announced = [];

    public async Task RunAsync()
    {
        // Found out before anything is begun, and not when all of it would have to be stopped again.
        if (announce is not null) ServerFile.Probe(announce);
        await using var app = ServerHost.Build(settings, configuration);
        // Opened before anything else is begun: a store that another server has is then the only thing that went wrong.
        app.Services.GetRequiredService<ICatalog>();
        // Whoever left this file is gone, since its store is ours now.
        if (settings.IsEmbedded) File.Delete(InStore);
        await StartAsync(app);
        var file = Describe(app);
        try
        {
            Announce(file);
            LogStarted(app.Logger, BuildInfo.Product, BuildInfo.Version, settings.Mode.ToString().ToLowerInvariant(), file.Url, file.Dashboard, Store, file.Pid);
            await TellAboutAccessAsync(app);
            await app.WaitForShutdownAsync();
        }
        finally
        {
            foreach (var path in _announced) file.Remove(path);
        }
        LogStopped(app.Logger);
    }

    /// <summary>What had started before a failure is stopped in order, and not torn down under its own feet.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await StopAsync(app);
            throw;
        }
    }

    /// <summary>A silo that came half up refuses to be stopped; that must not hide why it did not start.</summary>
    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception problem)
        {
            LogHalfStopped(app.Logger, problem.Message);
        }
    }

    private async Task TellAboutAccessAsync(WebApplication app)
    {
        if (settings.Http.Token is not null)
            LogTokenDeprecated(app.Logger);
        else if (settings.Http.RequiresAccess && await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IApiKeyIndexGrain>(IApiKeyIndexGrain.Key).List(null) is [])
            LogNoKey(app.Logger);
    }

    private string Store => settings.IsEmbedded ? settings.Folder : "Azure Storage";

    private string InStore => Path.Combine(settings.Folder, ServerFile.Name);

    private static ServerFile Describe(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        // A wildcard is no address to connect to; on this machine loopback is among those that it stands for.
        var url = addresses.First().Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).TrimEnd('/');
        var instance = app.Services.GetRequiredService<ServerInfo>().Instance;
        return new ServerFile(url, Environment.ProcessId, url + Dashboard.Path, instance, ProcessStart.Of(Environment.ProcessId));
    }

    private void Announce(ServerFile file)
    {
        string?[] paths = [settings.IsEmbedded ? InStore : null, announce];
        foreach (var path in paths.OfType<string>())
        {
            file.Write(path);
            _announced.Add(path);
        }
    }
}
