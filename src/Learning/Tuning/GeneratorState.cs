using System.Buffers.Binary;

namespace Ptune.Learning.Tuning;

/// <summary>
/// libtorch's generator as bytes. It refuses a state that is none by an exception that no managed code catches, and the process with the device is gone; so what it asks
/// is asked here first.
/// </summary>
internal static class GeneratorState
{
    private const int _words = 624; // of mt19937

    /// <summary>
    /// Whether libtorch takes these bytes, which are as many as its own: seed u64, left i32, seeded i32, next u64, words (ATen/CPUGeneratorImpl.cpp and mt19937's is_valid of
    /// libtorch 2.10).
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> state)
    {
        if (state.Length < 24 + _words * sizeof(ulong)) return false;
        int left = BinaryPrimitives.ReadInt32LittleEndian(state[8..]), seeded = BinaryPrimitives.ReadInt32LittleEndian(state[12..]);
        return seeded == 1 && left is > 0 and <= _words && BinaryPrimitives.ReadUInt64LittleEndian(state[16..]) <= _words;
    }
}
