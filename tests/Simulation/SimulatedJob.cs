using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Simulation.Tests;

/// <summary>
/// A job's grain, stored and activated (at times twice), around the real <see cref="JobMachine"/>. The order is the shell's: read if in doubt,
/// decide, write with the ETag, adopt, perform the effects on stores, then the others; a crash may come between any two.
/// </summary>
internal sealed class SimulatedJob(World world, string id)
{
    private readonly List<Activation> _active = [];
    private long _etag;

    public JobState? Stored { get; private set; }

    public string Id => id;

    /// <summary>A worker's command; no answer comes when anything goes wrong on the way.</summary>
    public void Call<TAnswer>(Func<JobState?, DateTimeOffset, Decision<JobState, TAnswer>> decide, Action<TAnswer> answered) =>
        world.Chaos.Send(() =>
        {
            if (TryCall(decide, out var answer)) world.Chaos.Send(() => answered(answer!));
        });

    /// <summary>A client's command, whose answer promises that the catalog knows.</summary>
    public void Ask<TAnswer>(Func<JobState?, DateTimeOffset, Decision<JobState, TAnswer>> decide, Action answered) =>
        world.Chaos.Ask(() =>
        {
            if (TryCall(decide, out _, isForSure: true)) world.Chaos.Ask(answered);
        });

    /// <summary>The same without the network, as one grain calls another in its silo; false when the call failed.</summary>
    public bool TryCall<TAnswer>(Func<JobState?, DateTimeOffset, Decision<JobState, TAnswer>> decide, out TAnswer? answer, bool isForSure = false, bool isSweep = false)
    {
        answer = default;
        var grain = Activate();
        if (grain.IsInDoubt) Read(grain);
        var decision = decide(grain.State, world.Chaos.Now);
        var mustLook = isForSure || (isSweep && grain.State is not { Status.IsFinal: false });
        if (mustLook && ReferenceEquals(decision.State, grain.State) && grain.ETag != _etag) decision = decide(Read(grain).State, world.Chaos.Now);
        if (decision.State is { } next && !ReferenceEquals(next, grain.State) && !Accept(grain, next, decision.IsVolatile)) return false;
        if (world.Chaos.Strikes(0.02)) return Crash(grain);
        Perform(grain);
        answer = decision.Answer;
        return !isForSure || grain.State is null || grain.State.Outbox.Pending.All(e => e.Kind != JobEffects.Row || grain.Done.Contains(e.Number));
    }

    private Activation Activate()
    {
        // The directory is eventually consistent: now and then there are two.
        if (_active.Count == 0 || (_active.Count == 1 && world.Chaos.Strikes(0.03))) _active.Add(Read(new Activation(null, 0)));
        if (world.Chaos.Clock >= Chaos.Until && _active.Count > 1) _active.RemoveAt(1);
        return _active[world.Chaos.Strikes(0.5) ? _active.Count - 1 : 0];
    }

    private Activation Read(Activation grain)
    {
        grain.State = Stored is null ? null : JobMachine.Awake(Stored, World.Rules, world.Chaos.Now);
        (grain.Stored, grain.ETag, grain.IsInDoubt) = (Stored, _etag, false);
        grain.Done.Clear();
        return grain;
    }

    private bool Accept(Activation grain, JobState next, bool isVolatile)
    {
        next = next with { Outbox = next.Outbox.Without(grain.Done) };
        if (!isVolatile && !Write(grain, next)) return false;
        grain.State = next;
        if (!isVolatile) grain.Stored = next;
        return true;
    }

    private bool Write(Activation grain, JobState next)
    {
        if (world.Chaos.Strikes(0.03)) return Doubt(grain);
        if (grain.ETag != _etag && world.Protocol != Protocol.WithoutETag) return Crash(grain);
        world.Check(Stored, next);
        (Stored, grain.ETag) = (next, ++_etag);
        return !world.Chaos.Strikes(0.03) || Doubt(grain);
    }

    private void Perform(Activation grain)
    {
        var pending = grain.State?.Outbox.Pending.Where(e => !grain.Done.Contains(e.Number)).OrderBy(e => e.Kind == JobEffects.Row ? 0 : 1).ToArray() ?? [];
        foreach (var effect in pending)
        {
            if (world.Chaos.Strikes(0.03)) return;
            if (effect.Kind == JobEffects.Row) world.Catalog.Put(world.Protocol == Protocol.TellsVolatile ? grain.State! : grain.Stored!);
            if (effect.Kind == JobEffects.Pool) world.Pool.Tell(grain.Stored!);
            grain.Done.Add(effect.Number);
        }
    }

    private static bool Doubt(Activation grain)
    {
        grain.IsInDoubt = true;
        return false;
    }

    private bool Crash(Activation grain)
    {
        _active.Remove(grain);
        return false;
    }
}
