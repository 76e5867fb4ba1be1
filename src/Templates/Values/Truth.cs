using System.Numerics;

namespace Ptune.Templates.Values;

/// <summary>Python's bool().</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        Text text => text.Value.Length > 0,
        ISequenceValue sequence => sequence.Items.Count > 0,
        MapValue map => map.Count > 0,
        RangeValue range => range.Count > 0,
        ViewValue view => view.Items.Count > 0,
        _ => true,
    };
}
