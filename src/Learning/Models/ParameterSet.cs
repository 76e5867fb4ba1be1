using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// The parameters of a network. All of them lie in one buffer, their gradients in another, and each parameter is a view: an
/// optimizer step is then a handful of operations over one tensor, not over fifty.
/// </summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly List<(string Name, long[] Shape, ParameterInit Init)> _declared = [];
    private readonly Dictionary<string, Tensor> _views = new(StringComparer.Ordinal);

    private Tensor? _values;
    private Tensor? _gradients;

    /// <summary>How many numbers the network has.</summary>
    public long Count { get; private set; }

    /// <summary>[Count] f32: every parameter, in the order of declaration.</summary>
    public Tensor Values => _values ?? throw new InvalidOperationException("The parameters have no memory yet.");

    /// <summary>[Count] f32: where backward adds up the gradients.</summary>
    public Tensor Gradients => _gradients ?? throw new InvalidOperationException("The parameters are frozen.");

    public Tensor this[string name] => _views[name];

    /// <summary>The architecture says, in order, what it has.</summary>
    public void Declare(string name, ParameterInit init, params long[] shape)
    {
        _declared.Add((name, shape, init));
        Count += Elements(shape);
    }

    /// <summary>Gives every parameter its memory; trainable ones have gradients.</summary>
    public void Allocate(Device device, bool trainable)
    {
        using var scope = NewDisposeScope();
        _values = zeros(Count, ScalarType.Float32, device).DetachFromDisposeScope();
        if (trainable) _gradients = zeros(Count, ScalarType.Float32, device).DetachFromDisposeScope();
        long offset = 0;
        foreach (var (name, shape, _) in _declared)
        {
            long elements = Elements(shape);
            var view = _values.narrow(0, offset, elements).view(shape).detach();
            if (trainable)
            {
                view.requires_grad = true;
                view.grad = _gradients!.narrow(0, offset, elements).view(shape);
            }

            _views.Add(name, view.DetachFromDisposeScope());
            offset += elements;
        }
    }

    /// <summary>Fresh numbers, the same for the same seed on every device.</summary>
    public void Initialize(long seed)
    {
        var random = SplitMix64.Stream(seed, RandomPurpose.Weights);
        float[] values = new float[Count];
        int offset = 0;
        foreach (var (_, shape, init) in _declared)
        {
            int elements = (int)Elements(shape);
            init(values.AsSpan(offset, elements), ref random);
            offset += elements;
        }

        using var source = tensor(values);
        using var _ = no_grad();
        Values.copy_(source).Dispose();
    }

    /// <summary>Makes the parameters whose names start with <paramref name="prefix"/> zero.</summary>
    public void Zero(string prefix)
    {
        using var _ = no_grad();
        foreach (var (name, view) in _views)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) view.zero_().Dispose();
        }
    }

    /// <summary>The numbers of a file, whatever its floating-point type; other tensors in it whose names are not ours are refused.</summary>
    /// <exception cref="MalformedFileException">A parameter is missing, has another shape, or is not ours.</exception>
    public void Load(SafetensorsFile file)
    {
        if (file.Header.Entries.Values.FirstOrDefault(entry => !_views.ContainsKey(entry.Name)) is { } stranger)
            throw new MalformedFileException(file.Path, file.Header.DataStart + stranger.Begin, $"the architecture has no parameter '{stranger.Name}'");
        using var _ = no_grad();
        foreach (var (name, shape, _) in _declared)
        {
            using var source = file.Tensor(name, shape);
            if (!source.is_floating_point()) throw new MalformedFileException(file.Path, file.Header.DataStart, $"parameter '{name}' holds no floating-point numbers");
            _views[name].copy_(source).Dispose();
        }
    }

    /// <summary>Every parameter with its name, to be written.</summary>
    public IEnumerable<TensorBytes> Save() => _declared.Select(parameter => TensorBytes.Of(parameter.Name, _views[parameter.Name]));

    public void Dispose()
    {
        foreach (var view in _views.Values) view.Dispose();
        _values?.Dispose();
        _gradients?.Dispose();
    }

    private static long Elements(long[] shape)
    {
        long elements = 1;
        foreach (long dimension in shape) elements *= dimension;
        return elements;
    }
}
