using Ptune.Contracts.Identity;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.Silo.Http;

/// <summary>What pools and workers, which tenants share, show to one of them: how busy they are, and of the jobs only its own.</summary>
internal static class Visible
{
    public static PoolView To(Caller caller, PoolView pool) => caller.HasAllTenants ? pool : pool with
    {
        Workers = [.. pool.Workers.Select(worker => To(caller, worker))],
        Tenants = pool.Tenants is { } tenants ? [.. tenants.Where(tenant => caller.HasTenant(tenant.Name))] : null,
    };

    /// <summary>Another tenant's job is counted and not named.</summary>
    public static WorkerView To(Caller caller, WorkerView worker) => caller.HasAllTenants ? worker : worker with
    {
        Report = worker.Report with { Running = [.. worker.Report.Running.Select(id => caller.HasTenant(JobIds.Tenant(id)) ? id : "other")] },
    };
}
