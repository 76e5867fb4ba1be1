using CsCheck;

namespace Ptune.Learning.Tests.Formats;

/// <summary>What may happen to a file: another byte, an end too early, a byte too many, another digit.</summary>
internal static class FileDamage
{
    /// <summary>One to a few damages of a file.</summary>
    public static Gen<byte[]> Of(byte[] sound, int most) =>
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, sound.Length], Gen.Int[0, 3]).Array[1, most]
            .Select(damages => damages.Aggregate(sound, (current, d) => Damage(current, d.Item1, d.Item2, d.Item3, d.Item4)));

    private static byte[] Damage(byte[] bytes, int position, byte value, int length, int kind)
    {
        if (bytes.Length == 0) return bytes;
        position %= bytes.Length;
        byte[] damaged = [.. bytes];
        switch (kind)
        {
            case 0:
                damaged[position] = value;
                return damaged;
            case 1:
                return bytes[..Math.Min(length, bytes.Length)];
            case 2:
                return [.. bytes[..position], value, .. bytes[position..]];
            default:
                // A digit is the likeliest place for a lie that still parses.
                int digit = Array.FindIndex(damaged, position, b => b is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0) damaged[digit] = (byte)('0' + (value % 10));
                return damaged;
        }
    }
}
