using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ptune.Supervisor.Hosting;

// 0: left in order. 1: the machine does not let it work. 2: the configuration cannot be used.
try
{
    using var host = WorkerHost.Build(args);
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    try
    {
        await host.RunAsync();
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        // It was told to leave while it still looked for its cluster.
    }
    return 0;
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync("The worker cannot start. Settings come from appsettings.json and from variables such as PTUNE_Worker__Pool:");
    foreach (var problem in e.Problems) await Console.Error.WriteLineAsync($"  {problem}");
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"The worker cannot start: {e.Message}");
    return 1;
}
