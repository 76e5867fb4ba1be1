using System.Text;
using Ptune.Contracts.Identity;

namespace Ptune.Silo.Telemetry;

/// <summary>What Prometheus reads about the budgets of tenants: ptune_tenant_device_hours. Written here for the reason of <see cref="PoolFigures"/>.</summary>
internal sealed class BudgetFigures
{
    private volatile TenantView[] _shown = [];

    /// <summary>Takes the tenants as they stand.</summary>
    public void Observe(IEnumerable<TenantView> tenants) => _shown = [.. tenants];

    /// <param name="sees">Whether the reader may see a tenant.</param>
    public string Text(Func<string, bool>? sees = null)
    {
        var page = new StringBuilder();
        GaugeText.Family(
            page, "ptune_tenant_device_hours", "Device-hours of a tenant with a budget in this month. Each silo reports the whole: take the maximum, not the sum.",
            _shown.Where(tenant => sees?.Invoke(tenant.Name) ?? true).SelectMany(Series));
        return page.ToString();
    }

    private static IEnumerable<(string Labels, double Value)> Series(TenantView tenant)
    {
        if (tenant is not { Settings.Budget: { } budget, Use: { } use }) return [];
        var labels = $"tenant=\"{GaugeText.Escaped(tenant.Name)}\"";
        return [($"{labels},part=\"budget\"", budget), ($"{labels},part=\"spent\"", use.Spent), ($"{labels},part=\"reserved\"", use.Reserved)];
    }
}
