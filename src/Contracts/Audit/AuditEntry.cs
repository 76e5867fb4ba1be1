using System.Text;

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
    private const string End = ":end";

    /// <summary>The key of the row that says what became of the change whose first row has <paramref name="key"/>.</summary>
    public static string EndOf(string key) => key + End;

    /// <summary>The key of the first row of the change that the row with <paramref name="key"/> has ended; null: it is no such row.</summary>
    public static string? BeginOf(string key) => key.EndsWith(End, StringComparison.Ordinal) ? key[..^End.Length] : null;

    /// <summary>The entry with texts of lengths that a row can hold, and without characters that a terminal would act on.</summary>
    public AuditEntry Bounded() => this with
    {
        Key = Clean(Key)!,
        What = Clean(What)!,
        Target = Clean(Target)!,
        Before = Clean(Before),
        After = Clean(After),
        By = By with { Who = Clean(By.Who)!, KeyId = Clean(By.KeyId), Role = Clean(By.Role), From = Clean(By.From), RequestId = Clean(By.RequestId)! },
    };

    private static string? Clean(string? text)
    {
        // Nearly all texts are like this, and every change has several.
        if (text is null || (text.Length <= Longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))) return text;
        var cut = text.Length > Longest ? $"{text[..Longest]}…" : text;
        // Half a surrogate pair becomes the replacement character.
        return string.Concat(cut.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));
    }
}
