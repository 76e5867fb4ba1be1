using System.Globalization;
using System.Numerics;

namespace Ptune.Templates.Values;

/// <summary>Python's numbers.</summary>
internal static class Numbers
{
    /// <summary>Python's float() of an int: rounded to the nearest.</summary>
    /// <exception cref="TemplateException">It is too large.</exception>
    public static double ToDouble(object number)
    {
        if (number is double value) return value;
        var whole = (BigInteger)number;
        if (whole.GetBitLength() <= 53) return (double)whole;
        // The framework's own conversion cuts off; its parser rounds.
        var rounded = whole.GetBitLength() > 1100 ? double.PositiveInfinity : double.Parse(whole.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.IsFinite(rounded) ? rounded : throw TemplateException.Type("int too large to convert to float.");
    }

    /// <summary>An int or a float, where the value is one; True and False are ints.</summary>
    public static object? Of(object? value) => value switch
    {
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        BigInteger or double => value,
        _ => null,
    };
}
