using Ptune.Silo.Security;
using Ptune.WebConsole;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>The console, with what it reads from this silo.</summary>
internal static class ConsoleHosting
{
    public static void AddConsole(this IServiceCollection services)
    {
        services.AddWebConsole();
        services.AddHttpContextAccessor();
        services.AddSingleton<IPoolSource, PoolSource>().AddSingleton<IArtifactSource, ArtifactSource>().AddSingleton<ILogSource, LogSource>().AddSingleton<IDeadLetterSource, DeadLetterSource>();
        services.AddSingleton<IItemFinder, ItemFinder>().AddSingleton<ISubmitSource, SubmitSource>().AddSingleton<IChangeSource, ChangeSource>().AddSingleton<IVisitors, Visitors>();
        services.AddSingleton<IKeySource, KeySource>().AddSingleton<ITenantSource, TenantSource>().AddSingleton<IAuditSource, AuditSource>().AddSingleton<ILoginSource, LoginSource>();
    }

    public static void MapConsole(this WebApplication app) => app.MapWebConsole().RequireAuthorization(Policies.Viewer).AddEndpointFilter(ActionGuard.CheckAsync);
}
