using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ptune.Templates.Texts;

/// <summary>Python's classes of characters.</summary>
internal static class Characters
{
    /// <summary>All characters of <see cref="IsSpace"/>.</summary>
    public static SearchValues<char> Spaces { get; } = SearchValues.Create([.. Enumerable.Range(0, 0x3001).Select(c => (char)c).Where(IsSpace)]);

    /// <summary>str.isspace(), str.strip() and the regular expression \s.</summary>
    public static bool IsSpace(char c) => c switch
    {
        >= '\t' and <= '\r' or >= '\u001c' and <= '\u001f' or ' ' or '\u0085' or '\u00a0' or '\u1680' => true,
        >= '\u2000' and <= '\u200a' or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000' => true,
        _ => false,
    };

    /// <summary>Where str.splitlines() ends a line. A carriage return before a line feed is one end with it.</summary>
    public static bool EndsLine(char c) => c is '\n' or '\r' or '\v' or '\f' or (>= '\u001c' and <= '\u001e') or '\u0085' or '\u2028' or '\u2029';

    /// <summary>str.isprintable(): repr() writes others as escapes.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    /// <summary>str.isalpha() of one character.</summary>
    public static bool IsAlpha(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>str.isdigit() of one character: superscripts are digits, too.</summary>
    public static bool IsDigit(Rune rune) => CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0;

    public static bool IsNumeric(Rune rune) => CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) >= 0;

    /// <summary>A word's character in a regular expression: \w.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || IsAlpha(rune) || IsDecimal(rune) || IsDigit(rune) || IsNumeric(rune);

    public static bool IsUpper(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter || rune.Value is (>= 0x2160 and <= 0x216f) or (>= 0x24b6 and <= 0x24cf);

    public static bool IsLower(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter
        || rune.Value is 0xaa or 0xba or (>= 0x2b0 and <= 0x2b8) or (>= 0x2170 and <= 0x217f) or (>= 0x24d0 and <= 0x24e9);

    public static bool IsTitle(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    public static bool IsCased(Rune rune) => IsUpper(rune) || IsLower(rune) || IsTitle(rune);
}
