namespace Ptune.Learning.Data;

/// <summary>
/// The generator behind every choice of ours that must be the same for ever and everywhere: splits, the order of examples, fresh
/// weights, places of a shift. SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
/// System.Random and libtorch's generators promise no stability between versions or devices.
/// </summary>
internal struct SplitMix64
{
    private const ulong _gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SplitMix64(ulong seed) => _state = seed;

    /// <summary>The generator of one purpose of a seed; other purposes of the same seed get unrelated numbers.</summary>
    public static SplitMix64 Stream(long seed, ulong purpose) => new(Mix((ulong)seed + _gamma) ^ Mix(purpose * _gamma + 1));

    public ulong Next() => Mix(_state += _gamma);

    /// <summary>
    /// A number in [0, bound): the high half of the 128-bit product of the next number and the bound. Its bias, bound / 2^64, is far
    /// below what any experiment sees.
    /// </summary>
    public int NextBelow(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A normally distributed number (Box and Muller 1958, the cosine branch).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    /// <summary>0 ... count-1 in a random order: Fisher and Yates, from the last place down to the second.</summary>
    public int[] Permutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int i = count - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
