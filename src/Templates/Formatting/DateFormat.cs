using System.Globalization;
using System.Text;
using Ptune.Templates.Values;

namespace Ptune.Templates.Formatting;

/// <summary>Python's strftime in the C locale.</summary>
internal static class DateFormat
{
    /// <exception cref="TemplateException">A letter is not supported: it would give other text.</exception>
    public static Text Apply(Text format, DateTimeOffset time)
    {
        var pattern = format.Value;
        var to = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                to.Append(pattern[i]);
                continue;
            }
            var unpadded = pattern[i + 1] == '-' && i + 2 < pattern.Length;
            i += unpadded ? 2 : 1;
            var field = Field(pattern[i], time);
            to.Append(unpadded ? Unpadded(field) : field);
        }
        return Text.Derived(to.ToString(), format);
    }

    private static string Unpadded(string field) => field.TrimStart('0', ' ') is { Length: > 0 } rest ? rest : "0";

    private static string Field(char letter, DateTimeOffset time) => letter switch
    {
        'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
        'm' => time.ToString("MM", CultureInfo.InvariantCulture),
        'd' => time.ToString("dd", CultureInfo.InvariantCulture),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => time.ToString("HH", CultureInfo.InvariantCulture),
        'I' => time.ToString("hh", CultureInfo.InvariantCulture),
        'M' => time.ToString("mm", CultureInfo.InvariantCulture),
        'S' => time.ToString("ss", CultureInfo.InvariantCulture),
        'f' => time.ToString("ffffff", CultureInfo.InvariantCulture),
        'p' => time.ToString("tt", CultureInfo.InvariantCulture),
        'y' => time.ToString("yy", CultureInfo.InvariantCulture),
        'B' => time.ToString("MMMM", CultureInfo.InvariantCulture),
        'b' or 'h' => time.ToString("MMM", CultureInfo.InvariantCulture),
        'A' => time.ToString("dddd", CultureInfo.InvariantCulture),
        'a' => time.ToString("ddd", CultureInfo.InvariantCulture),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'F' => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'T' => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'R' => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        'D' => time.ToString("MM/dd/yy", CultureInfo.InvariantCulture),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        // Python's datetime.now() knows no zone.
        'z' or 'Z' => "",
        _ => throw TemplateException.Unsupported($"the letter %{letter} of a time's format is not supported."),
    };
}
