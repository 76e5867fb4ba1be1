using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Ptune.Messaging;

namespace Ptune.Supervisor.Hosting;

/// <summary>The console, on which a broker that is away is one line a try.</summary>
[ProviderAlias("Console")]
internal sealed class BriefConsole(ConsoleLoggerProvider console) : ILoggerProvider, ISupportExternalScope
{
    public static void Install(ILoggingBuilder logging)
    {
        logging.Services.Remove(logging.Services.First(s => s.ServiceType == typeof(ILoggerProvider) && s.ImplementationType == typeof(ConsoleLoggerProvider)));
        logging.Services.AddSingleton<ConsoleLoggerProvider>().AddSingleton<ILoggerProvider, BriefConsole>();
    }

    public ILogger CreateLogger(string categoryName) => BusLog.Brief(categoryName, console.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose() => console.Dispose();
}
