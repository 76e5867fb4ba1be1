using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Messages;
using Ptune.Messaging.DeadLetters;

namespace Ptune.Messaging.Tests;

/// <summary>A host on the bus, as a silo or a worker is one.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly IHost _host;

    private Party(IHost host, RecordingListener listener)
    {
        _host = host;
        Listener = listener;
    }

    public RecordingListener Listener { get; }

    public IWorkAnnouncer Announcer => _host.Services.GetRequiredService<IWorkAnnouncer>();

    public IDeadLetters DeadLetters => _host.Services.GetRequiredService<IDeadLetters>();

    public static Party Create(MessagingOptions options, params string[] pools) => Create(options, null, pools);

    public static Party Create(MessagingOptions options, ILoggerProvider? loggers, params string[] pools)
    {
        var listener = new RecordingListener();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (loggers is null) builder.Logging.SetMinimumLevel(LogLevel.None);
        else builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(loggers);
        builder.Services.AddSingleton<IWorkListener>(listener);
        builder.Services.AddPtuneMessaging(options, pools);
        return new Party(builder.Build(), listener);
    }

    public static async Task<Party> StartAsync(MessagingOptions options, params string[] pools)
    {
        var party = Create(options, pools);
        await party.StartAsync();
        return party;
    }

    public Task StartAsync() => _host.StartAsync();

    public async Task<HealthStatus> HealthAsync()
    {
        var report = await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        Assert.Contains(MessagingServiceCollectionExtensions.HealthCheck, report.Entries.Keys);
        return report.Status;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
