using Orleans.Dashboard;

namespace Ptune.Silo.Hosting;

/// <summary>Orleans' own pages: grains, silos, calls.</summary>
internal static class Dashboard
{
    public const string Path = "/dashboard";

    /// <summary>It can show what grains hold, so it needs the token like the API does.</summary>
    public static void MapServerDashboard(this WebApplication app) => app.MapOrleansDashboard(Path).RequireAuthorization();
}
