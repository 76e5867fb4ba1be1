using System.Xml.Linq;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>Parts of inline SVG. Colours come from the page's style, so that light, dark and print each get theirs.</summary>
public static class Svg
{
    private const double LineHeight = 14;

    public static XElement Image(double width, double height, string label, params object?[] content) =>
        E("svg", A("viewBox", $"0 0 {N(width)} {N(height)}"), A("role", "img"), A("aria-label", label), A("style", $"max-width:{N(width)}px"), content);

    public static XElement Line(string kind, double x1, double y1, double x2, double y2) =>
        E("line", Class(kind), A("x1", N(x1)), A("y1", N(y1)), A("x2", N(x2)), A("y2", N(y2)));

    public static XElement Text(double x, double y, string anchor, string text, string kind = "label") =>
        E("text", Class(kind), A("x", N(x)), A("y", N(y)), A("text-anchor", anchor), text);

    /// <summary>Text that is broken into lines of so many characters; SVG breaks none by itself.</summary>
    public static XElement Lines(double x, double y, string text, int characters, string kind = "label") =>
        E("text", Class(kind), A("x", N(x)), A("y", N(y)), A("text-anchor", "middle"),
            text.Chunk(characters).Select((line, i) => E("tspan", A("x", N(x)), A("dy", i == 0 ? "0" : N(LineHeight)), new string(line))));

    /// <summary>What <see cref="Lines"/> needs below its first line.</summary>
    public static double More(IEnumerable<string> texts, int characters) =>
        LineHeight * texts.Select(t => Math.Max(1, (t.Length + characters - 1) / characters) - 1).DefaultIfEmpty(0).Max();

    public static XElement Rect(string kind, double x, double y, double width, double height, params object?[] content) =>
        E("rect", Class(kind), A("x", N(x)), A("y", N(y)), A("width", N(width)), A("height", N(Math.Max(0, height))), content);

    public static XElement Dot(string kind, double x, double y, double radius) => E("circle", Class(kind), A("cx", N(x)), A("cy", N(y)), A("r", N(radius)));

    public static XElement Path(string kind, IEnumerable<(double X, double Y)> points, params object?[] content) =>
        E("polyline", Class(kind), A("points", string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))), content);

    /// <summary>Shown by a browser when the pointer rests on the parent.</summary>
    public static XElement Title(string text) => E("title", text);

    public static string N(double value) => Words.Number(value, "0.##");
}
