using Ptune.Contracts.Audit;

namespace Ptune.Silo.Audit;

/// <summary>
/// Writes rows for changes that no grain's outbox keeps: those of workers, of keys, of the store, and of messages. A row is written before the change is made, so that no change is without one;
/// when the change has ended, a second row says how.
/// </summary>
internal sealed class AuditLog(IGrainFactory grains, TimeProvider time)
{
    private const string NothingChanged = "nothing was changed";

    /// <summary>Makes a change.</summary>
    /// <inheritdoc cref="AroundAsync{T}(AuditStamp, string, string, string, string?, string?, Func{Task{T}})"/>
    public Task<T> AroundAsync<T>(HttpContext http, string chain, string what, string target, string? before, string? after, Func<Task<T>> change) =>
        AroundAsync(http.Stamp(), chain, what, target, before, after, change);

    /// <summary>Makes a change.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <param name="chain">Of <see cref="AuditChains"/>.</param>
    /// <param name="what">Of <see cref="AuditActions"/>.</param>
    /// <param name="target">What is changed.</param>
    /// <param name="before">How it stands.</param>
    /// <param name="after">How it is to stand.</param>
    /// <param name="change">Makes it. Null is an answer: nothing was changed.</param>
    /// <exception cref="AuditUnavailableException">The row could not be written: nothing was changed.</exception>
    public async Task<T> AroundAsync<T>(AuditStamp by, string chain, string what, string target, string? before, string? after, Func<Task<T>> change)
    {
        var entry = await BeginAsync(by, chain, what, target, before, after);
        try
        {
            var changed = await change();
            await EndAsync(chain, entry, changed is null ? NothingChanged : null);
            return changed;
        }
        catch (Exception problem)
        {
            await EndAsync(chain, entry, problem.Message);
            throw;
        }
    }

    /// <summary>Writes the row of a change that is about to be made.</summary>
    /// <exception cref="AuditUnavailableException">The row could not be written.</exception>
    public Task<AuditEntry> BeginAsync(HttpContext http, string chain, string what, string target, string? before, string? after) => BeginAsync(http.Stamp(), chain, what, target, before, after);

    /// <summary>Writes the row of a change that has ended. Where it cannot be written the change stands all the same, and the row that says that it was begun.</summary>
    /// <param name="chain">The entry's.</param>
    /// <param name="entry">What was begun, or has ended with this request.</param>
    /// <param name="failure">Why it was not made, or only in part; null: it was made.</param>
    public async Task EndAsync(string chain, AuditEntry entry, string? failure = null)
    {
        var end = entry with { Key = AuditEntry.EndOf(entry.Key), At = time.GetUtcNow(), After = failure ?? entry.After, Outcome = failure is null ? AuditOutcome.Done : AuditOutcome.Failed };
        try
        {
            await grains.GetGrain<IAuditChainGrain>(chain).Append(end);
        }
        catch (Exception)
        {
            // What became of the change is what the caller is told.
        }
    }

    /// <summary>What a request is about to change, or has changed.</summary>
    public AuditEntry Entry(AuditStamp by, string what, string target, string? before, string? after) =>
        new($"{what}:{Guid.NewGuid():n}", time.GetUtcNow(), by, what, target, before, after, AuditOutcome.Begun);

    private async Task<AuditEntry> BeginAsync(AuditStamp by, string chain, string what, string target, string? before, string? after)
    {
        var entry = Entry(by, what, target, before, after);
        await WriteAsync(chain, entry);
        return entry;
    }

    /// <summary>Writes a row.</summary>
    /// <exception cref="AuditUnavailableException">It could not be written.</exception>
    public async Task WriteAsync(string chain, AuditEntry entry)
    {
        try
        {
            await grains.GetGrain<IAuditChainGrain>(chain).Append(entry);
        }
        catch (Exception problem)
        {
            throw new AuditUnavailableException($"Nothing was changed, because the audit trail cannot be written: {problem.Message} Try again later.");
        }
    }
}
