namespace Ptune.Grains.Shell;

/// <summary>An immutable state that the shell keeps.</summary>
internal interface IStoredState<TSelf>
    where TSelf : class, IStoredState<TSelf>
{
    /// <summary>Grows by one with every change; 1 is the first.</summary>
    long Version { get; }

    Outbox Outbox { get; }

    /// <summary>Nothing is expected to happen soon: effects that are done are worth a write to be forgotten.</summary>
    bool IsAtRest { get; }

    TSelf WithOutbox(Outbox outbox);

    /// <summary>The wall clock was set by <paramref name="step"/>: every time that a length is measured from or to moves with it. What merely tells when something happened stays.</summary>
    TSelf Shift(TimeSpan step) => (TSelf)this;
}
