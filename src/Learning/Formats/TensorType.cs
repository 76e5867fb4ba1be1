using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>An element type of the safetensors format.</summary>
internal readonly record struct TensorType(string Name, int Bytes, ScalarType Torch)
{
    public static readonly TensorType F64 = new("F64", 8, ScalarType.Float64);
    public static readonly TensorType F32 = new("F32", 4, ScalarType.Float32);
    public static readonly TensorType I64 = new("I64", 8, ScalarType.Int64);
    public static readonly TensorType U8 = new("U8", 1, ScalarType.Byte);

    private static readonly TensorType[] _known =
    [
        F64, F32, I64, U8,
        new("F16", 2, ScalarType.Float16),
        new("BF16", 2, ScalarType.BFloat16),
        new("I32", 4, ScalarType.Int32),
        new("I16", 2, ScalarType.Int16),
        new("I8", 1, ScalarType.Int8),
        new("BOOL", 1, ScalarType.Bool),
    ];

    public static bool TryParse(string? name, out TensorType type)
    {
        int index = Array.FindIndex(_known, known => known.Name == name);
        type = index < 0 ? default : _known[index];
        return index >= 0;
    }
}
