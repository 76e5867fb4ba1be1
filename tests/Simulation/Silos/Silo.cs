using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>One life of a silo: a process with activations.</summary>
internal sealed class Silo(World world, string name, double skew) : Machine(world, name, skew)
{
    public Dictionary<GrainKey, Activation> Activations { get; } = [];

    public override void Kill()
    {
        base.Kill();
        Activations.Clear();
    }
}
