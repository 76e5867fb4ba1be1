using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>All weights of a model, or some of its parameters whole, as what is trained.</summary>
internal static class FullWeights
{
    /// <summary>All of them, in f32, with gradients: the parameters of a network that is trained whole.</summary>
    public static TrainableParameters Of(PretrainedFolder folder, Device device) =>
        Of(folder.Config.Parameters.Select(parameter => (parameter.Name, parameter.Shape, folder.Value(parameter.Name))), device);

    /// <summary>Trainable copies of a network's parameters (its head, norms ...), which stand in for them in the layers of these names.</summary>
    /// <param name="copies">What stands in where the network does not compute in f32, for a trainer to keep up; else null.</param>
    /// <exception cref="LearningException">The network has no such parameter.</exception>
    public static TrainableParameters Replace(Network network, IReadOnlyCollection<string> names, Device device, out ComputeCopies? copies)
    {
        if (names.FirstOrDefault(name => !network.Replaceable.Contains(name)) is { } unknown) throw new LearningException($"The model has no parameter '{unknown}'.");
        var masters = Of(names.Select(name => (name, network.Parameters[name].shape, network.Parameters[name])), device);
        var type = network.Parameters[names.First()].dtype;
        copies = type == ScalarType.Float32 ? null : new ComputeCopies(masters, type);
        foreach (string name in names) network.Replace(name, copies?[name] ?? masters[name]);
        return masters;
    }

    private static TrainableParameters Of(IEnumerable<(string Name, long[] Shape, Tensor Value)> values, Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var all = values.ToList();
        var trainable = new TrainableParameters();
        foreach (var (name, shape, _) in all) trainable.Declare(name, ParameterInits.Zeros, shape);
        trainable.Allocate(device, trainable: true);
        foreach (var (name, _, value) in all) trainable[name].copy_(value);
        return trainable;
    }
}
