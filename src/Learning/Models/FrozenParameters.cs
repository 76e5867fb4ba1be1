using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// Parameters that are never changed, in any one type, usually over a memory-mapped file: processes that map the same file share its pages.
/// Tied parameters are one tensor under one name.
/// </summary>
/// <param name="tensors">By name; they belong to this object from now on.</param>
/// <param name="device">Where they lie.</param>
/// <param name="source">What they lie over, closed after them; null: nothing.</param>
internal sealed class FrozenParameters(IReadOnlyDictionary<string, Tensor> tensors, Device device, IDisposable? source) : ModelParameters
{
    public override Device Device => device;

    public override long Count => tensors.Values.Sum(tensor => tensor.NumberOfElements);

    public override Tensor this[string name] => tensors[name];

    public override bool Has(string name) => tensors.ContainsKey(name);

    public override void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
        source?.Dispose();
    }
}
