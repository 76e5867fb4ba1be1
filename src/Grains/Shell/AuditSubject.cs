using Ptune.Contracts.Audit;

namespace Ptune.Grains.Shell;

/// <summary>What somebody asks of a grain, as the audit trail names it.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Target">What is to be changed.</param>
/// <param name="Show">How the target stands in a state; null: it does not exist there.</param>
/// <param name="Row">The effect that writes the catalog's row. It is asked for with a change of a state at rest, so that somebody looks after it until the audit trail has it; null: the state has no row.</param>
internal sealed record AuditSubject<TState>(string Action, string Target, Func<TState, string?> Show, string? Row = null)
    where TState : class, IStoredState<TState>
{
    /// <summary>Adds the row of the audit trail to what the state owes. A command that changes nothing leaves no row.</summary>
    public Decision<TState, TAnswer> Audit<TAnswer>(AuditStamp by, TState? before, Decision<TState, TAnswer> decision, DateTimeOffset now)
    {
        if (decision.State is not { } next || ReferenceEquals(next, before) || decision.IsVolatile) return decision;
        var noun = Action[..Action.IndexOf('.', StringComparison.Ordinal)];
        var entry = new AuditEntry($"{noun}:{Target}:{next.Version}", now, by, Action, Target, before is null ? null : Show(before), Show(next));
        var outbox = next.Outbox.With(entry);
        if (Row is not null && next.IsAtRest && !outbox.Has(Row)) outbox = outbox.With(Row);
        return decision with { State = next.WithOutbox(outbox) };
    }
}
