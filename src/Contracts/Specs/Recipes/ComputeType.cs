using System.Diagnostics.CodeAnalysis;

namespace Ptune.Contracts.Specs;

/// <summary>What a language model computes in.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It is what every library calls it.")]
public enum ComputeType
{
    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Half the bytes, with the range of single precision; master weights and losses stay in single precision.</summary>
    Bfloat16,
}
