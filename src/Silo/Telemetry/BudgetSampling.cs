using Ptune.Grains.Identity;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Telemetry;

/// <summary>The budgets of tenants; a month is long.</summary>
internal sealed class BudgetSampling(TenantBook tenants, IGrainFactory grains, BudgetFigures figures, TimeProvider time, ILogger<BudgetSampling> logger) : Sampling("budgets", TimeSpan.FromSeconds(30), time, logger)
{
    protected override async Task SampleAsync(CancellationToken cancellation) =>
        figures.Observe(await TenantUse.OfAsync(grains, tenants.All.Where(tenant => tenant.Settings.Budget is not null)));
}
