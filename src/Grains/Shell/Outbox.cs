using Ptune.Contracts.Audit;

namespace Ptune.Grains.Shell;

/// <summary>The effects that a state still owes. It is stored inside the state, so one write decides and promises.</summary>
[GenerateSerializer, Alias("ptune.Outbox")]
public sealed record Outbox
{
    public static Outbox Empty { get; } = new();

    /// <summary>The number of the newest effect ever asked for.</summary>
    [Id(0)] public long Last { get; init; }

    /// <summary>Oldest first; at most one of a kind and target.</summary>
    [Id(1)] public Effect[] Pending { get; init; } = [];

    /// <summary>Asks for an effect. One of the same kind and target is replaced, with a new number: to be told twice of two changes is to be told of the last.</summary>
    public Outbox With(string kind, string target = "") => new()
    {
        Last = Last + 1,
        Pending = [.. Pending.Where(e => e.Kind != kind || e.Target != target), new Effect(Last + 1, kind, target)],
    };

    /// <summary>Asks for a row of the audit trail, before everything else: a state whose row in the catalog is final has told the audit trail, too.</summary>
    public Outbox With(AuditEntry entry) => new() { Last = Last + 1, Pending = [new Effect(Last + 1, Effect.AuditKind, entry.Key) { Audit = entry }, .. Pending] };

    public Outbox Without(IReadOnlySet<long> numbers) =>
        Pending.Any(e => numbers.Contains(e.Number)) ? this with { Pending = [.. Pending.Where(e => !numbers.Contains(e.Number))] } : this;

    public bool Has(string kind) => Pending.Any(e => e.Kind == kind);

    public bool Has(string kind, string target) => Pending.Any(e => e.Kind == kind && e.Target == target);
}
