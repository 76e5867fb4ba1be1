using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// Parameters that are learnt, in f32. All of them lie in one buffer and each parameter is a view of it: what touches all of them (an
/// optimizer's step, a checkpoint) then touches one tensor, not fifty.
/// </summary>
internal sealed class TrainableParameters : ModelParameters
{
    private readonly List<(string Name, long[] Shape, ParameterInit Init)> _declared = [];
    private readonly Dictionary<string, Tensor> _views = new(StringComparer.Ordinal);

    private Tensor? _values;
    private long _count;

    public override long Count => _count;

    public override Device Device => Values.device;

    /// <summary>[Count] f32: every parameter, in the order of declaration.</summary>
    public Tensor Values => _values ?? throw new InvalidOperationException("The parameters have no memory yet.");

    /// <summary>In the order of declaration.</summary>
    public IEnumerable<string> Names => _declared.Select(parameter => parameter.Name);

    public override Tensor this[string name] => _views[name];

    public override bool Has(string name) => _views.ContainsKey(name);

    /// <summary>The architecture says, in order, what it has.</summary>
    public void Declare(string name, ParameterInit init, params long[] shape)
    {
        _declared.Add((name, shape, init));
        _count += Elements(shape);
    }

    /// <summary>An architecture's parameters, allocated and zero.</summary>
    public static TrainableParameters Of(IEnumerable<ParameterDeclaration> declarations, Device device)
    {
        var parameters = new TrainableParameters();
        foreach (var declared in declarations) parameters.Declare(declared.Name, declared.Init, declared.Shape);
        parameters.Allocate(device, trainable: true);
        return parameters;
    }

    /// <summary>Gives every parameter its memory; trainable ones have gradients.</summary>
    public void Allocate(Device device, bool trainable)
    {
        using var scope = NewDisposeScope();
        _values = zeros(Count, ScalarType.Float32, device).DetachFromDisposeScope();
        long offset = 0;
        foreach (var (name, shape, _) in _declared)
        {
            long elements = Elements(shape);
            var view = _values.narrow(0, offset, elements).view(shape).detach();
            view.requires_grad = trainable;
            _views.Add(name, view.DetachFromDisposeScope());
            offset += elements;
        }
    }

    /// <summary>Fresh numbers, the same for the same seed on every device.</summary>
    public void Initialize(long seed)
    {
        var random = SplitMix64.Stream(seed, RandomPurpose.Weights);
        using var _ = no_grad();
        foreach (var (name, shape, init) in _declared)
        {
            using var scope = NewDisposeScope();
            float[] values = new float[Elements(shape)];
            init(values, ref random);
            _views[name].copy_(tensor(values).view(shape));
        }
    }

    /// <summary>Takes the numbers of a checkpoint, whatever their floating-point type.</summary>
    /// <param name="source">A parameter's name -> its tensor, of the declared shape; it is not kept.</param>
    public void CopyFrom(Func<string, Tensor> source)
    {
        using var _ = no_grad();
        foreach (var (name, _, _) in _declared)
        {
            using var scope = NewDisposeScope();
            _views[name].copy_(source(name));
        }
    }

    /// <summary>
    /// What backward left, by name, in the order of declaration and so of <see cref="Values"/>; null where it did not come by.
    /// </summary>
    public IEnumerable<(string Name, Tensor? Gradient)> Gradients() => _declared.Select(parameter => (parameter.Name, _views[parameter.Name].grad));

    /// <summary>
    /// Lets go of the gradients, so that the next backward hands its own over; zeroing them would make it add, two passes over memory more.
    /// </summary>
    public void ClearGradients()
    {
        foreach (var view in _views.Values) view.grad = null;
    }

    /// <summary>Makes the parameters whose names start with <paramref name="prefix"/> zero.</summary>
    public void Zero(string prefix)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, view) in _views)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) view.zero_();
        }
    }

    /// <summary>The numbers of a file, whatever its floating-point type; other tensors in it whose names are not ours are refused.</summary>
    /// <exception cref="MalformedFileException">A parameter is missing, has another shape, or is not ours.</exception>
    public void Load(SafetensorsFile file)
    {
        if (file.Header.Entries.Values.FirstOrDefault(entry => !_views.ContainsKey(entry.Name)) is { } stranger)
            throw new MalformedFileException(file.Path, file.Header.DataStart + stranger.Begin, $"the architecture has no parameter '{stranger.Name}'");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, shape, _) in _declared)
        {
            var source = file.Tensor(name, shape);
            if (!source.is_floating_point()) throw new MalformedFileException(file.Path, file.Header.DataStart, $"parameter '{name}' holds no floating-point numbers");
            _views[name].copy_(source);
        }
    }

    /// <summary>Every parameter with its name, to be written.</summary>
    public IEnumerable<TensorBytes> Save() => _declared.Select(parameter => TensorBytes.Of(parameter.Name, _views[parameter.Name]));

    public override void Dispose()
    {
        foreach (var view in _views.Values) view.Dispose();
        _values?.Dispose();
    }

    private static long Elements(long[] shape)
    {
        long elements = 1;
        foreach (long dimension in shape) elements *= dimension;
        return elements;
    }
}
