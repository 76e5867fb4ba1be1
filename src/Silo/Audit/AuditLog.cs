using Ptune.Contracts.Audit;

namespace Ptune.Silo.Audit;

/// <summary>
/// Writes rows for changes that no grain's outbox keeps: those of workers, of the store, and of messages. The row is written before the change is made, so that no change is without one;
/// where the change then fails, a second row says so.
/// </summary>
internal sealed class AuditLog(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Makes a change.</summary>
    /// <param name="http">The request for it.</param>
    /// <param name="chain">Of <see cref="AuditChains"/>.</param>
    /// <param name="what">Of <see cref="AuditActions"/>.</param>
    /// <param name="target">What is changed.</param>
    /// <param name="before">How it stands.</param>
    /// <param name="after">How it is to stand.</param>
    /// <param name="change">Makes it.</param>
    /// <exception cref="AuditUnavailableException">The row could not be written: nothing was changed.</exception>
    public async Task<T> AroundAsync<T>(HttpContext http, string chain, string what, string target, string? before, string? after, Func<Task<T>> change)
    {
        var entry = await BeginAsync(http, chain, what, target, before, after);
        try
        {
            return await change();
        }
        catch (Exception problem)
        {
            await NoteFailureAsync(chain, entry with { Key = $"{entry.Key}:failed", At = time.GetUtcNow(), After = problem.Message, Outcome = AuditOutcome.Failed });
            throw;
        }
    }

    /// <summary>Writes the row of a change that is about to be made.</summary>
    /// <exception cref="AuditUnavailableException">The row could not be written.</exception>
    public async Task<AuditEntry> BeginAsync(HttpContext http, string chain, string what, string target, string? before, string? after)
    {
        var entry = new AuditEntry($"{what}:{Guid.NewGuid():n}", time.GetUtcNow(), http.Stamp(), what, target, before, after, AuditOutcome.Begun);
        try
        {
            await grains.GetGrain<IAuditChainGrain>(chain).Append(entry);
        }
        catch (Exception problem)
        {
            throw new AuditUnavailableException($"Nothing was changed, because the audit trail cannot be written: {problem.Message} Try again later.");
        }
        return entry;
    }

    /// <summary>The change's own failure is what the caller is told.</summary>
    private async Task NoteFailureAsync(string chain, AuditEntry entry)
    {
        try
        {
            await grains.GetGrain<IAuditChainGrain>(chain).Append(entry);
        }
        catch (Exception)
        {
            // The row that says that it was begun stands.
        }
    }
}
