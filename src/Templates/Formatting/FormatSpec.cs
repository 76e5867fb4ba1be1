using System.Globalization;
using System.Text.RegularExpressions;

namespace Ptune.Templates.Formatting;

/// <summary>Python's mini-language of formats: <c>[[fill]align][sign][#][0][width][,][.precision][type]</c>.</summary>
/// <param name="Fill">What fills the width.</param>
/// <param name="Align"><c>&lt; &gt; ^ =</c>, or 0: the type's own side.</param>
/// <param name="Sign"><c>+ -</c> or a space.</param>
/// <param name="IsAlternate"><c>#</c>: with a prefix.</param>
/// <param name="Width">At least so many characters.</param>
/// <param name="Grouping"><c>,</c> or <c>_</c> between groups of digits, or 0.</param>
/// <param name="Precision">Digits behind the point, or most characters of a text.</param>
/// <param name="Type">The letter, or 0.</param>
internal sealed partial record FormatSpec(string Fill, char Align, char Sign, bool IsAlternate, int Width, char Grouping, int? Precision, char Type)
{
    /// <exception cref="TemplateException">It is no format.</exception>
    public static FormatSpec Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) throw TemplateException.Type($"invalid format specifier '{text}'.");
        var zero = match.Groups["zero"].Success;
        var align = Letter("align");
        return new FormatSpec(
            match.Groups["fill"] is { Success: true, Value: { Length: > 0 } fill } ? fill : zero ? "0" : " ",
            align != 0 ? align : zero ? '=' : '\0',
            Letter("sign") is var sign && sign != 0 ? sign : '-',
            match.Groups["alternate"].Success, Number("width") ?? 0, Letter("grouping"), Number("precision"), Letter("type"));

        char Letter(string group) => match.Groups[group] is { Success: true, Value: { Length: > 0 } value } ? value[0] : '\0';

        int? Number(string group)
        {
            if (match.Groups[group] is not { Success: true, Value: { Length: > 0 } digits }) return null;
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new TemplateException(TemplateFault.Limit, "a format asks for too many characters.");
        }
    }

    [GeneratedRegex(@"^(?:(?<fill>[\ud800-\udbff][\udc00-\udfff]|[\s\S])?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>[0-9]+)?(?<grouping>[,_])?(?:\.(?<precision>[0-9]+))?(?<type>[a-zA-Z%])?\z")]
    private static partial Regex Pattern();
}
