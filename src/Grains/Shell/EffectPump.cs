using Microsoft.Extensions.Logging;
using Ptune.Contracts.Telemetry;

namespace Ptune.Grains.Shell;

/// <summary>
/// Performs the effects of a state that stands. Those on stores are performed in order, and the command's answer waits for them; those
/// that call other grains run in the background, beside the stores' or after them, and nobody waits for them. An effect that fails stays, and is tried again after the next
/// command; a sweep is one.
/// </summary>
internal sealed partial class EffectPump<TState>(StateKeeper<TState> keeper, IEffects effects, int atOnce, ILogger logger)
    where TState : class, IStoredState<TState>
{
    private readonly Turns _stores = new();
    private Task _running = Task.CompletedTask;
    private bool _again;
    private bool _stopped;

    /// <summary>
    /// Performs the effects on stores; stops at the first that fails, since the later ones say that the earlier are done. The audit trail is written beside them, or before them where
    /// they say that nobody has to look after the state any more.
    /// </summary>
    /// <returns>What went wrong, or null.</returns>
    public Task<Exception?> PerformOnStoresAsync() => _stores.TakeAsync<Exception?>(async () =>
    {
        var pending = keeper.Pending.Where(effects.IsOnStores).ToArray();
        var audit = TryAsync(pending.Where(IsAudit));
        if (keeper.Current is { IsAtRest: true } && await audit is { } unwritten) return unwritten;
        var problem = await TryAsync(pending.Where(e => !IsAudit(e)));
        return problem ?? await audit;
    });

    /// <summary>Sees to it that the other effects are being performed.</summary>
    public void Kick()
    {
        _again = true;
        if (_running.IsCompleted && !_stopped) _running = RunAsync();
    }

    /// <summary>
    /// Strikes off what is done, where all is done and nothing is expected to happen: else it leaves with the next write. Performed once more it does
    /// no harm, so nobody waits for this write while there is work.
    /// </summary>
    public async Task ForgetDoneAsync()
    {
        if (keeper.Current is not { IsAtRest: true } || keeper.Pending.Any()) return;
        try
        {
            await keeper.ForgetDoneAsync();
        }
        catch (Exception problem)
        {
            using var scope = Scope();
            LogForgetFailed(problem.Message, problem);
        }
    }

    /// <summary>Completes when nothing more is to be done, or all that is left has failed.</summary>
    public Task IdleAsync() => _running;

    /// <summary>
    /// Begins no new pass; completes when the effects on stores that are under way have ended. Those that call grains are not waited for: the grain that is called may
    /// call this one, which answers nobody while it leaves. They end by themselves, or are performed once more by the next activation.
    /// </summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _stores.TakeAsync(() => Task.FromResult(true));
    }

    private async Task<Exception?> TryAsync(IEnumerable<Effect> onStores)
    {
        try
        {
            foreach (var effect in onStores) await PerformAsync(effect);
            return null;
        }
        catch (Exception problem)
        {
            using var scope = Scope();
            LogStoreFailed(problem.Message, problem);
            return problem;
        }
    }

    /// <summary>Whose effects they are: the grain's id has the tenant and the job.</summary>
    private IDisposable? Scope() => logger.BeginScope(new KeyValuePair<string, object?>[] { new("grain", (effects as IGrainBase)?.GrainContext?.GrainId.ToString()) });

    private static bool IsAudit(Effect effect) => effect.Kind == Effect.AuditKind;

    private async Task RunAsync()
    {
        // The command that asked for the effects is answered first.
        await Task.Yield();
        bool progress;
        do
        {
            _again = false;
            progress = await PassAsync();
        }
        while (!_stopped && (_again || progress));
    }

    private async Task<bool> PassAsync()
    {
        var progress = false;
        // The audit trail is for people: nothing waits for it but the command's answer.
        var storesAreTold = !keeper.Pending.Any(e => effects.IsOnStores(e) && !IsAudit(e));
        var pending = keeper.Pending.Where(e => !effects.IsOnStores(e) && (storesAreTold || !effects.FollowsStores(e))).ToArray();
        await Bounded.ForEachAsync(pending, atOnce, async effect =>
        {
            try
            {
                progress |= await PerformAsync(effect);
            }
            catch (Exception problem)
            {
                using var scope = Scope();
                LogEffectFailed(effect.Kind, effect.Target, problem.Message, problem);
            }
        });
        return progress;
    }

    private async Task<bool> PerformAsync(Effect effect)
    {
        using var span = Tracing.Source.StartActivity("effect")?.SetTag(Tracing.Effect, effect.Kind);
        var reading = keeper.Reading;
        if (!await effects.PerformAsync(effect)) return false;
        keeper.Done(effect, reading);
        return true;
    }
}
