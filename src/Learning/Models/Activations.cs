using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>The activations and the words that configurations have for them.</summary>
internal static class Activations
{
    /// <summary>Hugging Face's names, several of which mean one function.</summary>
    public static IReadOnlyDictionary<string, Activation> Words { get; } = new SortedDictionary<string, Activation>(StringComparer.Ordinal)
    {
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["gelu"] = Activation.Gelu,
        ["gelu_python"] = Activation.Gelu,
        ["gelu_new"] = Activation.GeluTanh,
        ["gelu_fast"] = Activation.GeluTanh,
        ["gelu_pytorch_tanh"] = Activation.GeluTanh,
        ["gelu_python_tanh"] = Activation.GeluTanh,
        ["quick_gelu"] = Activation.QuickGelu,
        ["relu"] = Activation.Relu,
    };

    private const double _quick = 1.702;

    /// <summary>The function on every element; <paramref name="x"/> stays as it is.</summary>
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Silu => nn.functional.silu(x),
        Activation.Gelu => x.gelu(),
        Activation.GeluTanh => nn.functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        Activation.QuickGelu => x * x.Times(_quick).sigmoid_(),
        Activation.Relu => x.relu(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    /// <summary>The function on every element of a gate, times <paramref name="x"/>.</summary>
    public static Tensor ApplyTimes(this Activation activation, Tensor gate, Tensor x) => activation == Activation.Silu && FewRows.Are(gate) && x.dtype == gate.dtype
        ? RowPasses.SiluTimes(gate.contiguous(), x.contiguous())
        : activation.Apply(gate) * x;
}
