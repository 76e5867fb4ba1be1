using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps.Strategies;

/// <summary>
/// Draws that depend on the seed, the trial's number and the path alone: more trials extend a sweep, and another varied path leaves the draws of
/// the first ones as they were.
/// </summary>
public static class RandomTrials
{
    /// <summary>More digits than this of a drawn number say nothing and are hard to read.</summary>
    private const string SignificantDigits = "G4";

    /// <param name="vary">Paths and what is drawn for them.</param>
    /// <param name="isWhole">True for a path where whole numbers stand.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="number">The trial's number, from 1.</param>
    public static Dictionary<string, SweepValue> Values(IReadOnlyDictionary<string, SweepRange> vary, Func<string, bool> isWhole, long seed, int number) =>
        vary.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(v => v.Key, v => Draw(v.Value, isWhole(v.Key), Uniform(seed, number, v.Key)));

    private static SweepValue Draw(SweepRange range, bool isWhole, double u)
    {
        if (range.Values is { } values) return values[(int)(u * values.Length)];
        var (min, max, isLog) = (range.Min!.Value, range.Max!.Value, range.Scale == SweepScale.Log);
        if (!isWhole) return SweepValue.Of(Math.Clamp(Round(Between(min, max, isLog, u)), min, max));
        return SweepValue.Of((long)Math.Clamp(Math.Floor(Between(min, max + 1, isLog, u)), min, max));
    }

    private static double Between(double min, double max, bool isLog, double u) =>
        isLog ? Math.Exp(Math.Log(min) + (u * (Math.Log(max) - Math.Log(min)))) : min + (u * (max - min));

    private static double Round(double value) =>
        double.Parse(value.ToString(SignificantDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>In [0, 1), from the first 53 bits of a digest: the same on every machine and in every version.</summary>
    private static double Uniform(long seed, int number, string path)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{number}\n{path}")));
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * Math.ScaleB(1, -53);
    }
}
