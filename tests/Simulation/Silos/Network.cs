using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.People;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>Where grains are, and how messages get there. The directory is eventually consistent: now and then there are two of one grain.</summary>
internal sealed class Network(World world)
{
    private readonly Dictionary<GrainKey, Silo> _directory = [];

    private Chaos Chaos => world.Chaos;

    /// <summary>
    /// Whether a call breaks because its target leaves its silo. The message may have been passed on to the next activation, which carries it out later, up to the end of the caller's patience.
    /// </summary>
    public bool Breaks(Machine caller, GrainKey key)
    {
        // A client's submit counts only once it is answered, and then it is not on its way any more.
        if (caller is Client || (caller is Silo own && own.Activations.ContainsKey(key)) || !Chaos.Strikes(0.03)) return false;
        if (_directory.Remove(key, out var silo) && silo.Activations.TryGetValue(key, out var known) && known.Calls == 0) known.Leave();
        return true;
    }

    /// <summary>The delays after which a request arrives: none when it is lost, two when it is doubled.</summary>
    public IEnumerable<double> Ways(Machine caller, GrainKey key)
    {
        if (caller is Silo silo && silo.Activations.ContainsKey(key)) return [0.0002];
        if (Chaos.Strikes(0.05)) return [];
        // A client's submit counts only once it is answered, and then it is not on its way any more.
        return caller is Worker && Chaos.Strikes(0.05) ? [Delay(), Delay() + Chaos.Between(0, 30)] : [Delay()];
    }

    public IEnumerable<double> WaysBack(Silo from, Machine caller)
    {
        if (ReferenceEquals(from, caller)) return [0.0002];
        return Chaos.Strikes(0.05) ? [] : [Delay()];
    }

    /// <summary>The silo that is believed to have the grain; null when none lives.</summary>
    public Silo? Find(Machine caller, GrainKey key)
    {
        if (caller is Silo own && own.IsAlive && own.Activations.ContainsKey(key) && !Chaos.IsOver) return own;
        if (_directory.TryGetValue(key, out var silo) && silo.IsAlive && !Chaos.Strikes(0.02)) return silo;
        var living = world.Silos.Where(s => s.IsAlive).ToArray();
        if (living.Length == 0) return null;
        return _directory[key] = living[Chaos.Pick(living.Length)];
    }

    public Activation Activate(Silo silo, GrainKey key)
    {
        if (silo.Activations.TryGetValue(key, out var known))
        {
            if (known.Calls > 0 || !Chaos.Strikes(0.01)) return known;
            known.Leave();
        }
        if (Chaos.IsOver)
        {
            // The directory has come to rest: who is not in it leaves.
            foreach (var other in world.Silos.Where(s => s != silo && s.IsAlive)) other.Activations.GetValueOrDefault(key)?.Leave();
        }
        var activation = silo.Activations[key] = new Activation(silo, key);
        _ = activation.Ready.ContinueWith(_ => { }, TaskContinuationOptions.ExecuteSynchronously);
        return activation;
    }

    public double Delay() => Chaos.Strikes(0.05) ? Chaos.Between(0.5, 8) : Chaos.Between(0.001, 0.02);
}
