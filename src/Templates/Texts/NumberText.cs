using System.Globalization;
using System.Numerics;

namespace Ptune.Templates.Texts;

/// <summary>Numbers as Python prints them.</summary>
internal static class NumberText
{
    /// <summary>The most digits of an int that Python turns into text or reads from it.</summary>
    public const int MostDigits = 4300;

    /// <summary>Python's str() and repr() of an int.</summary>
    /// <exception cref="TemplateException">It has more than <see cref="MostDigits"/> digits, which Python refuses too.</exception>
    public static string Of(BigInteger number)
    {
        // 4,300 digits are 14,285 bits.
        if (number.GetBitLength() > 14_300) throw TooLong();
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Length - (number.Sign < 0 ? 1 : 0) > MostDigits ? throw TooLong() : text;
    }

    /// <summary>Python's str() and repr() of a float: the shortest digits that read back as the same number.</summary>
    public static string Of(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        var (negative, digits, point) = Shortest(number);
        // point: where the decimal point stands, counted from before the first digit. repr takes an exponent below 1e-4 and from 1e16.
        var text = point is > -4 and <= 16 ? Plain(digits, point) : Scientific(digits, point - 1);
        return negative ? "-" + text : text;
    }

    /// <summary>The sign, the shortest digits without zeros at their end, and the place of the decimal point before or behind them.</summary>
    public static (bool Negative, string Digits, int Point) Shortest(double number)
    {
        var negative = double.IsNegative(number);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits[zeros..].TrimEnd('0');
        return digits.Length == 0 ? (negative, "0", 1) : (negative, digits, point - zeros);
    }

    /// <summary>An exponent as C prints it: a sign and at least two digits.</summary>
    public static string Exponent(int exponent) => $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";

    private static string Plain(string digits, int point)
    {
        if (point <= 0) return "0." + new string('0', -point) + digits;
        return digits.Length <= point ? digits + new string('0', point - digits.Length) + ".0" : digits[..point] + "." + digits[point..];
    }

    private static string Scientific(string digits, int exponent) => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + Exponent(exponent);

    private static TemplateException TooLong() => TemplateException.Type($"an int of more than {MostDigits} digits cannot be turned into text.");
}
