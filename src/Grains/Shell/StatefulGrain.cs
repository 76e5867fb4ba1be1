using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;
using Ptune.Contracts.Audit;

namespace Ptune.Grains.Shell;

/// <summary>
/// What all grains with a stored state share: load, decide (a pure function), write with the ETag, perform the effects of the outbox.
/// </summary>
/// <remarks>
/// <para>
/// Why this cannot deadlock. Grains call each other in circles: a job puts itself into its pool's queue while the pool gives that job to a worker; a
/// job tells its study that it has ended while the study submits it again. So derived grains are <c>[Reentrant]</c>, and the one thing that must not
/// interleave, decide and write, takes turns inside <see cref="StateKeeper{TState}"/>. In a turn only this grain's storage is called, never a
/// grain: every turn ends.
/// </para>
/// <para>
/// A call is answered after its effects on stores (the catalog's rows), which call no grain either. Effects that call grains run in the
/// background, and no call waits for them. A grain may therefore await any call of another one.
/// </para>
/// <para>
/// What is crossed by a crash: state written, effects not performed. They stand in the stored outbox and are performed after the next
/// command; the sweep sends one to every grain whose catalog row is not final. The row is the last of the effects on stores, so a row that is
/// final means that the stores know everything. A state that is written where no row stands, or a final one, is noted in the catalog before
/// (<see cref="ExpectAsync"/>), and the sweep visits what is noted, too.
/// </para>
/// </remarks>
internal abstract class StatefulGrain<TState> : Grain, IEffects
    where TState : class, IStoredState<TState>
{
    private static readonly TimeSpan s_maxStaleness = TimeSpan.FromSeconds(30);
    private readonly StateKeeper<TState> _keeper;
    private readonly EffectPump<TState> _pump;

    /// <param name="atOnce">How many calls to other grains may be under way at a time.</param>
    protected StatefulGrain(IPersistentState<TState> storage, TimeProvider time, ILogger logger, int atOnce = 1)
    {
        _keeper = new StateKeeper<TState>(storage, time, Awake, ExpectAsync);
        _pump = new EffectPump<TState>(_keeper, this, atOnce, logger);
    }

    /// <summary>What stands; null before the first command.</summary>
    protected TState? State => _keeper.Current;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _keeper.Start();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _keeper.ReleaseWaiting();
        await _pump.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle) await _pump.ForgetDoneAsync();
    }

    bool IEffects.IsOnStores(Effect effect) => effect.Kind == Effect.AuditKind || IsOnStores(effect);

    bool IEffects.FollowsStores(Effect effect) => FollowsStores(effect);

    Task<bool> IEffects.PerformAsync(Effect effect) => effect.Audit is { } entry ? WriteAuditAsync(entry) : PerformAsync(effect);

    protected abstract bool IsOnStores(Effect effect);

    protected virtual bool FollowsStores(Effect effect) => true;

    protected abstract Task<bool> PerformAsync(Effect effect);

    /// <summary>What the store holds, and what effects tell of.</summary>
    protected TState? Stored => _keeper.Stored;

    /// <summary>The effects that are asked for and not yet done.</summary>
    protected IEnumerable<Effect> Pending => _keeper.Pending;

    /// <summary>What to make of a state that was just read.</summary>
    protected virtual TState Awake(TState state, DateTimeOffset now) => state;

    /// <summary>Before a first state is written, or one after the end of another: what sees to it that somebody looks after it. Calls no grain.</summary>
    protected virtual Task ExpectAsync(TState next) => Task.CompletedTask;

    /// <summary>Decides, writes and performs. An effect that fails does not fail the command: it is in the outbox.</summary>
    protected async Task<TAnswer> DecideAsync<TAnswer>(Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide, bool isAuthoritative = false)
    {
        var answer = await WriteAsync(decide, isAuthoritative);
        _ = await PerformAsync();
        return answer;
    }

    /// <summary>As <see cref="DecideAsync"/>, for commands whose answer promises that the catalog knows: a store's failure fails the command.</summary>
    protected async Task<TAnswer> DecideAndRecordAsync<TAnswer>(Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide)
    {
        var answer = await WriteAsync(decide, isAuthoritative: true);
        var problem = await PerformAsync();
        return problem switch
        {
            null => answer,
            AuditUnavailableException => throw new AuditUnavailableException($"The change was made, but the audit trail does not have it yet: {problem.Message} It is written later; it is safe to send the request again."),
            _ => throw new IOException($"The change was stored, but its catalog row was not: {problem.Message} Send the request again.", problem),
        };
    }

    /// <summary>As <see cref="DecideAndRecordAsync"/>, for what somebody asks for: the change is written into the audit trail before the answer.</summary>
    /// <param name="by">Who asks; null: nobody outside does, and nothing is written.</param>
    /// <param name="subject">What is asked for, and of what.</param>
    /// <param name="decide">As ever.</param>
    protected Task<TAnswer> DecideForAsync<TAnswer>(AuditStamp? by, AuditSubject<TState> subject, Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide) =>
        DecideAndRecordAsync(by is null ? decide : (state, now) => subject.Audit(by, state, decide(state, now), now));

    /// <summary>The chain of the audit trail that this grain's changes belong to.</summary>
    protected virtual string AuditChain => AuditChains.System;

    /// <summary>
    /// For sweeps: only what is not final is visited, so an activation that has a final state reads the store. It may be the stale one of two activations, kept by the
    /// directory; every other state meets a write, and with it the ETag, by itself.
    /// </summary>
    protected Task<TAnswer> DecideAtSweepAsync<TAnswer>(Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide) =>
        DecideAsync(decide, isAuthoritative: State is not { IsAtRest: false } || _keeper.IsStaleBy(s_maxStaleness));

    /// <summary>The current state for readers: at most <see cref="s_maxStaleness"/> behind the store.</summary>
    protected async Task<TState?> LookAsync()
    {
        try
        {
            await _keeper.LookAsync(s_maxStaleness);
        }
        catch (Exception)
        {
            // The store is unavailable: answer with what is known; the next read retries.
        }
        return State;
    }

    /// <summary>Sees to it that the stores know what stands, before somebody is told of it who may ask them at once; where they are away, the outbox keeps it.</summary>
    protected Task TellStoresAsync() => Pending.Any(IsOnStores) ? _pump.PerformOnStoresAsync() : Task.CompletedTask;

    /// <summary>What need not wait for the stores begins beside them.</summary>
    /// <returns>What went wrong with the stores, or null.</returns>
    private async Task<Exception?> PerformAsync()
    {
        _pump.Kick();
        var problem = await _pump.PerformOnStoresAsync();
        _pump.Kick();
        return problem;
    }

    /// <summary>Waits for a change since <paramref name="version"/>, but not for long.</summary>
    protected Task WaitForChangeAsync(long version, TimeSpan patience) => _keeper.WaitAsync(version, patience);

    private async Task<bool> WriteAuditAsync(AuditEntry entry)
    {
        try
        {
            await GrainFactory.GetGrain<IAuditChainGrain>(AuditChain).Append(entry);
            return true;
        }
        catch (Exception problem) when (problem is not AuditUnavailableException)
        {
            throw new AuditUnavailableException(problem.Message);
        }
    }

    private async Task<TAnswer> WriteAsync<TAnswer>(Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide, bool isAuthoritative)
    {
        try
        {
            return await _keeper.DecideAsync(decide, isAuthoritative);
        }
        catch (InconsistentStateException)
        {
            // Another activation is at work: this one makes room, and the next call reads anew.
            _keeper.ReleaseWaiting();
            DeactivateOnIdle();
            throw;
        }
    }
}
