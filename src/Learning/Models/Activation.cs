namespace Ptune.Learning.Models;

/// <summary>The non-linearity of a feed-forward part.</summary>
internal enum Activation
{
    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>x Phi(x), with the exact normal distribution.</summary>
    Gelu,

    /// <summary>GELU by its tanh form.</summary>
    GeluTanh,

    /// <summary>x sigmoid(1.702 x), CLIP's.</summary>
    QuickGelu,

    /// <summary>max(x, 0).</summary>
    Relu,
}
