using Ptune.Contracts.Audit;

namespace Ptune.WebConsole.Sources;

/// <summary>The audit trail, as far as changes made in the console need it.</summary>
public interface IAuditSource
{
    /// <summary>Who sends the request, for grains that write the row of a change themselves.</summary>
    AuditStamp StampOf(HttpContext http);

    /// <summary>Makes a change of what belongs to no tenant; its row is written before.</summary>
    /// <exception cref="AuditUnavailableException">The row could not be written: nothing was changed.</exception>
    Task<T> AroundAsync<T>(HttpContext http, string what, string target, string? before, string? after, Func<Task<T>> change);
}
