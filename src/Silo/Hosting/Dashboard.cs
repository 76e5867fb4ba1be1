using Orleans.Dashboard;
using Ptune.Silo.Security;

namespace Ptune.Silo.Hosting;

/// <summary>The console in a browser: grains, silos, calls.</summary>
internal static class Dashboard
{
    public const string Path = "/dashboard";

    /// <summary>It can show what grains hold, of all tenants, so it is the admin's.</summary>
    public static void MapServerDashboard(this WebApplication app)
    {
        app.MapOrleansDashboard(Path).RequireAuthorization(Policies.Admin);
        app.MapGet("/", () => TypedResults.Redirect(Path)).ExcludeFromDescription();
    }
}
