using Ptune.Contracts.Audit;
using Ptune.Messaging.DeadLetters;
using Ptune.Silo.Audit;

namespace Ptune.Silo.Orders;

/// <summary>Puts dead letters back into their pools' queues; the audit trail has a row of it.</summary>
internal sealed class LetterReplay(IDeadLetters letters, AuditLog audit)
{
    /// <returns>How many were put back.</returns>
    public Task<int> RunAsync(HttpContext http, IEnumerable<string> pools) =>
        audit.AroundAsync(http, AuditChains.System, AuditActions.LettersReplay, "dead letters of all pools", null, null, () => letters.ReplayAsync(pools, http.RequestAborted));
}
