using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.Cli.FakeSilo;

/// <summary>One tenant, which has spent and reserved something of its budget.</summary>
public static class FakeTenants
{
    public static void Map(WebApplication app)
    {
        var settings = new TenantSettings(Weight: 2, MaxQueued: 100, Budget: 500);
        app.MapGet(Routes.Tenants, () => new[] { View(settings) });
        app.MapGet(Routes.Tenant, (string name) => View(settings));
        app.MapPut(Routes.Tenant, (string name, TenantSettings wanted) => View(settings = wanted));
        app.MapPost(Routes.Tenants, (TenantRequest request) => Results.Created(Routes.Tenants, View(settings = request.Settings!)));
    }

    private static TenantView View(TenantSettings settings) =>
        new("red", settings, FakeRuns.Then, FakeRuns.Then, "boss", new BudgetUse("2026-12", 123.456, 6, settings.Budget - 129.456, 2));
}
