using Ptune.Contracts.Audit;

namespace Ptune.Grains.Shell;

/// <summary>
/// Something to tell others: what has changed is read from the state when it is performed, so an effect says only who is to be told.
/// It may be performed twice, and late; it then tells what is true at that time.
/// </summary>
/// <param name="Number">Grows with every effect that the state has ever asked for.</param>
/// <param name="Kind">A constant of the state's machine. It is stored.</param>
/// <param name="Target">Whom it is for, where the kind does not say it.</param>
[GenerateSerializer, Alias("ptune.Effect")]
public sealed record Effect(long Number, string Kind, string Target)
{
    /// <summary>Of an effect of the kind <see cref="AuditKind"/>: what is to be written. It says what was changed then, which the state may no longer say.</summary>
    [Id(0)] public AuditEntry? Audit { get; init; }

    /// <summary>Writes a row into the audit trail. The word is stored.</summary>
    public const string AuditKind = "audit";
}
