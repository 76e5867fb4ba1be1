using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>An element type of the safetensors format.</summary>
/// <param name="Name">As files have it.</param>
/// <param name="Bytes">Of one element.</param>
/// <param name="Torch">What libtorch calls it; null: such numbers can be passed on, and not computed with.</param>
internal readonly record struct TensorType(string Name, int Bytes, ScalarType? Torch)
{
    public static readonly TensorType F64 = new("F64", 8, ScalarType.Float64);
    public static readonly TensorType F32 = new("F32", 4, ScalarType.Float32);
    public static readonly TensorType F16 = new("F16", 2, ScalarType.Float16);
    public static readonly TensorType BF16 = new("BF16", 2, ScalarType.BFloat16);
    public static readonly TensorType I64 = new("I64", 8, ScalarType.Int64);
    public static readonly TensorType U8 = new("U8", 1, ScalarType.Byte);

    private static readonly TensorType[] _known =
    [
        F64, F32, F16, BF16, I64, U8,
        new("I32", 4, ScalarType.Int32),
        new("I16", 2, ScalarType.Int16),
        new("I8", 1, ScalarType.Int8),
        new("BOOL", 1, ScalarType.Bool),
        new("C64", 8, ScalarType.ComplexFloat32),
        new("U64", 8, null),
        new("U32", 4, null),
        new("U16", 2, null),
        new("F8_E5M2", 1, null),
        new("F8_E4M3", 1, null),
        new("F8_E8M0", 1, null),
    ];

    /// <summary>Whether its elements are numbers that a network can compute with.</summary>
    public bool IsFloatingPoint => Torch is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;

    public static bool TryParse(string? name, out TensorType type)
    {
        int index = Array.FindIndex(_known, known => known.Name == name);
        type = index < 0 ? default : _known[index];
        return index >= 0;
    }

    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static TensorType Of(ScalarType torch)
    {
        int index = Array.FindIndex(_known, known => known.Torch == torch);
        return index >= 0 ? _known[index] : throw new ArgumentException($"safetensors has no type for {torch}.", nameof(torch));
    }
}
