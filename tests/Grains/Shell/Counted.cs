using Ptune.Grains.Shell;

namespace Ptune.Grains.Tests.Shell;

/// <summary>The smallest state: a number that grows, and owes an effect each time.</summary>
internal sealed record Counted(long Number, Outbox Outbox, bool IsAtRest = false) : IStoredState<Counted>
{
    public long Version => Number;

    public Counted WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };

    public static Decision<Counted, long> Add(Counted? state, string kind = "tell", bool isAtRest = false)
    {
        var next = (state?.Number ?? 0) + 1;
        return new(new Counted(next, (state?.Outbox ?? Outbox.Empty).With(kind, $"{next}"), isAtRest), next);
    }

    public static Decision<Counted, long> AddVolatile(Counted? state) => new(state! with { Number = state.Number + 1 }, state.Number + 1, IsVolatile: true);
}
