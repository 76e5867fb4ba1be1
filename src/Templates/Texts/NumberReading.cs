using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Ptune.Templates.Texts;

/// <summary>Python's int() and float() of a text: white space around is left out, an underscore may stand between digits.</summary>
internal static partial class NumberReading
{
    /// <summary>Null where it is no int.</summary>
    /// <exception cref="TemplateException">Its digits are not ASCII, which Python reads and this engine does not.</exception>
    public static BigInteger? Integer(string text)
    {
        var trimmed = Trim(text);
        if (!WholeNumber().IsMatch(trimmed)) return null;
        var digits = trimmed.Replace("_", "", StringComparison.Ordinal);
        return digits.Length > NumberText.MostDigits ? null : BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>Null where it is no float.</summary>
    /// <exception cref="TemplateException">Its digits are not ASCII, which Python reads and this engine does not.</exception>
    public static double? Float(string text)
    {
        var trimmed = Trim(text);
        if (RealNumber().IsMatch(trimmed)) return double.Parse(trimmed.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return trimmed.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" when trimmed.Length - trimmed.TrimStart('+', '-').Length < 2 => trimmed.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" when trimmed.Length < 5 => double.NaN,
            _ => null,
        };
    }

    private static string Trim(string text)
    {
        if (text.EnumerateRunes().Any(r => !r.IsAscii && Characters.IsDecimal(r))) throw TemplateException.Unsupported("numbers in other digits than 0 to 9 are not supported.");
        var (start, end) = (0, text.Length);
        while (start < end && Characters.IsSpace(text[start])) start++;
        while (end > start && Characters.IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    [GeneratedRegex(@"^[+-]?[0-9](?:_?[0-9])*\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[+-]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?\z")]
    private static partial Regex RealNumber();
}
