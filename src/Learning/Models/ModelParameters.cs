using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>The parameters of a network by name: <see cref="FrozenParameters"/> of a checkpoint, or <see cref="TrainableParameters"/>.</summary>
internal abstract class ModelParameters : IDisposable
{
    /// <summary>Where they lie.</summary>
    public abstract Device Device { get; }

    /// <summary>How many numbers the network has; tied ones count once.</summary>
    public abstract long Count { get; }

    /// <summary>The parameter of that name; it belongs to this object and goes with it.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such parameter.</exception>
    public abstract Tensor this[string name] { get; }

    /// <summary>Whether the network has a parameter of that name.</summary>
    public abstract bool Has(string name);

    public abstract void Dispose();
}
