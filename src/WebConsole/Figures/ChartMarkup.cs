using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ptune.WebConsole.Figures;

/// <summary>
/// The reports' charts as markup of a page that allows no inline style: the width becomes the image's own, and heat becomes one of 21 classes. Everything is built as XML, so names
/// in it are escaped.
/// </summary>
internal static partial class ChartMarkup
{
    private const int Step = 5;

    public static string Of(IEnumerable<object?> elements) => string.Concat(elements.SelectMany(Flat).Select(Text));

    private static IEnumerable<XElement> Flat(object? item) => item switch
    {
        XElement element => [element],
        IEnumerable<object?> more => more.SelectMany(Flat),
        _ => [],
    };

    private static string Text(XElement element)
    {
        var copy = new XElement(element);
        foreach (var styled in copy.DescendantsAndSelf().Where(e => e.Attribute("style") is not null).ToArray()) Unstyle(styled);
        Html.Sanitize(copy);
        return copy.ToString(SaveOptions.DisableFormatting);
    }

    private static void Unstyle(XElement element)
    {
        var style = element.Attribute("style")!;
        if (Heat().Match(style.Value) is { Success: true } heat)
        {
            var share = double.Parse(heat.Groups[1].Value, CultureInfo.InvariantCulture);
            element.SetAttributeValue("class", $"{element.Attribute("class")?.Value} heat{(int)Math.Round(share / Step) * Step}");
        }
        else if (Width().Match(style.Value) is { Success: true } width)
        {
            element.SetAttributeValue("width", width.Groups[1].Value);
        }
        style.Remove();
    }

    [GeneratedRegex(@"^--heat:([\d.]+)%$")]
    private static partial Regex Heat();

    [GeneratedRegex(@"^max-width:([\d.]+)px$")]
    private static partial Regex Width();
}
