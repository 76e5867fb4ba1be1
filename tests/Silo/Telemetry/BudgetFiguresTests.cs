using Ptune.Contracts.Identity;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo.Tests.Telemetry;

public sealed class BudgetFiguresTests
{
    [Fact]
    public void Text_TenantsWithABudget_HasTheirHoursForThoseWhoMaySeeThem()
    {
        var figures = new BudgetFigures();
        Assert.Equal(2, figures.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        figures.Observe([Tenant("red", 100), Tenant("blue", 20.5), Tenant("free", null)]);
        string[] blue = ["""ptune_tenant_device_hours{tenant="blue",part="budget"} 20.5""", """ptune_tenant_device_hours{tenant="blue",part="spent"} 1.25""", """ptune_tenant_device_hours{tenant="blue",part="reserved"} 3"""];
        Assert.Equal(blue, Lines(figures.Text(tenant => tenant == "blue")));
        Assert.Equal(6, Lines(figures.Text()).Length);
    }

    private static TenantView Tenant(string name, double? budget) =>
        new(name, new TenantSettings(Budget: budget), default, default, "boss", new BudgetUse("2026-12", 1.25, 3, budget - 4.25, 0));

    private static string[] Lines(string page) => [.. page.Split('\n').Where(line => line.StartsWith("ptune_", StringComparison.Ordinal))];
}
