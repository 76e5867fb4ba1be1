using System.Globalization;
using System.Numerics;
using Ptune.Templates.Texts;

namespace Ptune.Templates.Parsing;

/// <summary>The value of a number in a template.</summary>
internal static class NumberLiteral
{
    /// <exception cref="TemplateException">It has more digits than Python reads.</exception>
    public static BigInteger Integer(string text, int line)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > NumberText.MostDigits) throw new TemplateException(TemplateFault.Syntax, line, $"a number of more than {NumberText.MostDigits} digits.");
        var radix = digits.Length > 2 ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        if (radix == 10) return BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return digits[2..].Aggregate(BigInteger.Zero, (value, digit) => (value * radix) + Convert.ToInt32(digit.ToString(), 16));
    }

    public static double Float(string text) => double.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
