using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Ptune.Charts;

/// <summary>
/// Elements of a page. They are built as XML, so that whatever a name or a message holds ends up escaped, and the page is well-formed HTML and XML.
/// </summary>
public static class Html
{
    public static XElement E(string name, params object?[] content) => new(name, content);

    public static XAttribute A(string name, object value) => new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);

    public static XAttribute Class(string names) => A("class", names);

    public static XElement Section(string title, params object?[] content) => E("section", E("h2", title), content);

    /// <summary>A table; heads that start with '&gt;' are above numbers. Cells are text or elements.</summary>
    public static XElement Table(string[] heads, IEnumerable<object?[]> rows) =>
        E("div", Class("scroll"), E("table",
            E("thead", E("tr", heads.Select(h => E("th", A("scope", "col"), h.StartsWith('>') ? Class("n") : null, h.TrimStart('>'))))),
            E("tbody", rows.Select(row => E("tr", row.Select((cell, i) => Cell(cell, i == 0, heads[i].StartsWith('>'))))))));

    /// <summary>What few readers want to see whole: folded behind its summary where it has more than <paramref name="most"/> parts.</summary>
    public static XElement Folded(int parts, int most, string summary, XElement content) => parts <= most ? content : E("details", E("summary", summary), content);

    /// <summary>The whole page as text.</summary>
    public static string Page(string title, string style, params object?[] body)
    {
        var page = E("html", A("lang", "en"),
            E("head", E("meta", A("charset", "utf-8")), E("meta", A("name", "viewport"), A("content", "width=device-width, initial-scale=1")),
                E("meta", A("name", "color-scheme"), A("content", "light dark")), E("title", title), E("style", style)),
            E("body", E("main", body)));
        Sanitize(page);
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Cell(object? cell, bool first, bool figure) => cell is XElement { Name.LocalName: "td" or "th" } whole
        ? whole
        : E(first ? "th" : "td", first ? A("scope", "row") : null, figure ? Class("n") : null, cell ?? "");

    /// <summary>Escapes what XML cannot hold and what would turn the text around it, and keeps empty elements from being closed in a way that HTML does not know.</summary>
    public static void Sanitize(XElement root)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>()) text.Value = Clean(text.Value);
        foreach (var element in root.DescendantsAndSelf())
        {
            foreach (var attribute in element.Attributes()) attribute.Value = Clean(attribute.Value);
            if (element.IsEmpty && element.Name.LocalName is not "meta" and not "br") element.Value = "";
        }
    }

    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var good = pair || IsText(text[i]);
            if (!good) clean ??= new StringBuilder(text, 0, i, text.Length);
            if (good) clean?.Append(text[i]);
            else clean!.Append(char.IsSurrogate(text[i]) ? "\uFFFD" : Printable.Escape(text[i]));
            if (!pair) continue;
            i++;
            clean?.Append(text[i]);
        }
        return clean?.ToString() ?? text;
    }

    /// <summary>What XML can hold and what has no effect on the text around it; a listing has lines.</summary>
    private static bool IsText(char c) => c is '\n' or '\t' || (System.Xml.XmlConvert.IsXmlChar(c) && !Printable.IsEffect(c));
}
