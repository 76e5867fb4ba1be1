using Microsoft.Extensions.Hosting;
using Ptune.Supervisor.Hosting;

// 0: left in order. 2: the configuration cannot be used.
try
{
    using var host = WorkerHost.Build(args);
    await host.RunAsync();
    return 0;
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync("The worker cannot start. Settings come from appsettings.json and from variables such as PTUNE_Worker__Pool:");
    foreach (var problem in e.Problems) await Console.Error.WriteLineAsync($"  {problem}");
    return 2;
}
