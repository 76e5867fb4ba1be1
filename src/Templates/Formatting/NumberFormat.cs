using System.Globalization;
using System.Numerics;
using Ptune.Templates.Texts;

namespace Ptune.Templates.Formatting;

/// <summary>The letters of C's and Python's formats for numbers. Results have no sign; the caller adds it.</summary>
internal static class NumberFormat
{
    // A double has at most 1,074 digits behind its point; more are zeros.
    private const int MostDigits = 1100;

    /// <exception cref="TemplateException">The letter is not one for ints.</exception>
    public static string Whole(BigInteger magnitude, char type, bool alternate) => type switch
    {
        '\0' or 'd' or 'i' or 'u' or 'n' => NumberText.Of(magnitude),
        'x' => (alternate ? "0x" : "") + Radix(magnitude, 16),
        'X' => (alternate ? "0X" : "") + Radix(magnitude, 16).ToUpperInvariant(),
        'o' => (alternate ? "0o" : "") + Radix(magnitude, 8),
        'b' => (alternate ? "0b" : "") + Radix(magnitude, 2),
        _ => throw TemplateException.Type($"unknown format code '{type}' for an int."),
    };

    /// <exception cref="TemplateException">The letter is not one for floats.</exception>
    public static string Float(double magnitude, char type, int? precision, bool alternate)
    {
        if (alternate) throw TemplateException.Unsupported("'#' in the format of a float is not supported.");
        if (double.IsNaN(magnitude)) return char.IsUpper(type) ? "NAN" : "nan";
        if (double.IsInfinity(magnitude)) return char.IsUpper(type) ? "INF" : "inf";
        if (precision > MostDigits) throw new TemplateException(TemplateFault.Limit, $"a format asks for more than {MostDigits} digits.");
        return type switch
        {
            'f' or 'F' => Fixed(magnitude, precision ?? 6),
            'e' => Scientific(magnitude, precision ?? 6),
            'E' => Scientific(magnitude, precision ?? 6).ToUpperInvariant(),
            'g' or 'n' => General(magnitude, precision ?? 6),
            'G' => General(magnitude, precision ?? 6).ToUpperInvariant(),
            '%' => Fixed(magnitude * 100, precision ?? 6) + "%",
            '\0' when precision is null => NumberText.Of(magnitude),
            _ => throw TemplateException.Unsupported($"the format '{type}' with a precision is not supported for a float."),
        };
    }

    /// <summary>With <paramref name="digits"/> digits behind the point, half-way cases by the exact value of the double, as C prints it.</summary>
    public static string Fixed(double magnitude, int digits)
    {
        var (mantissa, exponent) = Parts(magnitude);
        var scaled = mantissa * BigInteger.Pow(10, digits);
        var rounded = exponent >= 0 ? scaled << exponent : RoundShift(scaled, -exponent);
        var text = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}";
    }

    private static string Scientific(double magnitude, int digits)
    {
        var (text, exponent) = Digits(magnitude, digits + 1);
        return (digits == 0 ? text : $"{text[..1]}.{text[1..]}") + NumberText.Exponent(exponent);
    }

    private static string General(double magnitude, int digits)
    {
        digits = Math.Max(digits, 1);
        var (text, exponent) = Digits(magnitude, digits);
        if (exponent < -4 || exponent >= digits)
        {
            var kept = text.TrimEnd('0');
            return (kept.Length > 1 ? $"{kept[..1]}.{kept[1..]}" : text[..1]) + NumberText.Exponent(exponent);
        }
        var plain = Fixed(magnitude, Math.Max(digits - 1 - exponent, 0));
        return plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain;
    }

    // So many significant digits, correctly rounded, and the exponent of the first.
    private static (string Digits, int Exponent) Digits(double magnitude, int count)
    {
        if (magnitude == 0) return (new string('0', count), 0);
        // .NET rounds E formats exactly for up to 999,999,999 digits since .NET Core 3.0.
        var text = magnitude.ToString("E" + (count - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..at].Replace(".", "", StringComparison.Ordinal), int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var fraction = bits & 0xfffffffffffff;
        return exponent == 0 ? (fraction, -1074) : (fraction | (1L << 52), exponent - 1075);
    }

    private static BigInteger RoundShift(BigInteger value, int shift)
    {
        var quotient = value >> shift;
        var rest = value - (quotient << shift);
        var half = BigInteger.One << (shift - 1);
        return rest > half || (rest == half && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static string Radix(BigInteger value, int radix)
    {
        if (value.GetBitLength() > 14_300) throw new TemplateException(TemplateFault.Limit, "a number is too long to be written.");
        if (value.IsZero) return "0";
        var digits = new Stack<char>();
        for (; !value.IsZero; value /= radix) digits.Push("0123456789abcdef"[(int)(value % radix)]);
        return string.Concat(digits);
    }
}
