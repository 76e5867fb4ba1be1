namespace Ptune.Contracts.Audit;

/// <summary>Something that is to be written into the audit trail.</summary>
/// <param name="Key">Unique in its chain: the same key again is the same entry, and is written once.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">Who asked.</param>
/// <param name="What">One of <see cref="AuditActions"/>.</param>
/// <param name="Target">What it was done to: an id, a name, a path.</param>
/// <param name="Before">How the target stood before; null: it did not exist, or nobody knows.</param>
/// <param name="After">How it stands now, or is to stand; null: it is gone, or nobody knows.</param>
/// <param name="Count">How many equal requests the entry stands for.</param>
[GenerateSerializer, Immutable, Alias("ptune.AuditEntry")]
public sealed record AuditEntry(
    string Key, DateTimeOffset At, AuditStamp By, string What, string Target, string? Before = null, string? After = null, AuditOutcome Outcome = AuditOutcome.Done, int Count = 1)
{
    private const int Longest = 2000;

    /// <summary>The entry with every text cut to a length that a row can hold.</summary>
    public AuditEntry Bounded() => this with
    {
        Key = Cut(Key)!,
        What = Cut(What)!,
        Target = Cut(Target)!,
        Before = Cut(Before),
        After = Cut(After),
        By = By with { Who = Cut(By.Who)!, KeyId = Cut(By.KeyId), Role = Cut(By.Role), From = Cut(By.From), RequestId = Cut(By.RequestId)! },
    };

    private static string? Cut(string? text) => text is null || text.Length <= Longest ? text : $"{text[..Longest]}…";
}
