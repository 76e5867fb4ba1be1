using Orleans.Dashboard;
using Ptune.Silo.Security;

namespace Ptune.Silo.Hosting;

/// <summary>Orleans' own pages: grains, silos, calls.</summary>
internal static class Dashboard
{
    public const string Path = "/dashboard";

    /// <summary>It can show what grains hold, of all tenants, so it is the admin's.</summary>
    public static void MapServerDashboard(this WebApplication app) => app.MapOrleansDashboard(Path).RequireAuthorization(Policies.Admin);
}
