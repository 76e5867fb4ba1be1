using Ptune.Contracts.Audit;
using Ptune.Silo.Audit;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

internal sealed class AuditSource(AuditLog log) : IAuditSource
{
    public AuditStamp StampOf(HttpContext http) => http.Stamp();

    public Task<T> AroundAsync<T>(HttpContext http, string what, string target, string? before, string? after, Func<Task<T>> change) =>
        log.AroundAsync(http, AuditChains.System, what, target, before, after, change);
}
