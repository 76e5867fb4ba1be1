using System.Text.Json;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Audit;

/// <summary>Reads chains from their starts to their heads and says where one is broken.</summary>
internal sealed class AuditVerifying(IAuditStore store, AuditChainList chains)
{
    public async Task<AuditVerification> VerifyAsync(string chain, CancellationToken cancellation)
    {
        while (true)
        {
            var head = await chains.HeadAsync(chain);
            var found = await VerifyAsync(head, cancellation);
            // What the retention policy removes meanwhile is not missing.
            if (found.IsWhole || (await chains.HeadAsync(chain)).Start == head.Start) return found;
        }
    }

    /// <summary>The row, or null where the stored text is none.</summary>
    public static AuditRow? TryRead(StoredAuditRow stored)
    {
        try
        {
            return AuditText.Read(stored);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<AuditVerification> VerifyAsync(AuditHead head, CancellationToken cancellation)
    {
        var (sequence, previous) = (head.Start, head.Before);
        await foreach (var stored in store.ReadAsync(head.Chain, head.Start, cancellation))
        {
            if (Problem(head, stored, sequence, previous) is { } problem) return Result(sequence, problem);
            (sequence, previous) = (stored.Sequence + 1, stored.Digest);
        }
        return sequence > head.Sequence ? Result(null, null) : Result(sequence, $"rows {sequence} to {head.Sequence} are missing at the end");

        AuditVerification Result(long? brokenAt, string? problem) => new(head.Chain, head.Start, sequence - head.Start, head.Sequence, brokenAt, problem);
    }

    private static string? Problem(AuditHead head, StoredAuditRow stored, long sequence, string previous)
    {
        if (stored.Sequence != sequence) return stored.Sequence == sequence + 1 ? $"row {sequence} is missing" : $"rows {sequence} to {stored.Sequence - 1} are missing";
        if (AuditText.DigestOf(stored.Text) != stored.Digest) return $"row {sequence} was changed: its text has another digest than was stored with it";
        if (TryRead(stored) is not { } row) return $"row {sequence} cannot be read";
        if (row.Chain != head.Chain || row.Sequence != sequence) return $"row {sequence} is out of place: it says that it is row {row.Sequence} of {row.Chain}";
        if (row.Previous != previous) return sequence == 1 || sequence == head.Start ? $"row {sequence} does not follow the recorded start of the chain" : $"row {sequence} does not follow row {sequence - 1}: one of them was replaced";
        if (row.Key != stored.Key) return $"row {sequence} was changed: it is stored under another key";
        return sequence == head.Sequence && stored.Digest != head.Digest ? $"row {sequence} is not the row that the chain's head names: it, or rows before it, were replaced" : null;
    }
}
