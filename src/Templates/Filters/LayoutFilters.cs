using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters that lay a text out.</summary>
internal static class LayoutFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["center"] = (i, v, a) => Padding.Apply(i, TextFilters.Soft(i, v, "center"), a.Bind("center", [], "width")[0] is var w && w == Arguments.Missing ? 80 : Arguments.SmallIntegerOf(w, "center"), "center", new Text(" ")),
        ["indent"] = Indent,
        ["truncate"] = Truncate,
        ["wordwrap"] = WordWrap,
    };

    private static Text Indent(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("indent", [], "width", "first", "blank");
        var width = bound[0] switch
        {
            Text text => Arguments.TextOf(text, "indent"),
            var missing when missing == Arguments.Missing => new Text("    "),
            var number => Spaces(interpreter, Arguments.SmallIntegerOf(number, "indent")),
        };
        var (first, blank) = (Flag(bound[1]), Flag(bound[2]));
        // One line end more, so that a text without lines has one.
        var lines = Splitting.Lines(new TextBuilder().Append(Arguments.TextOf(value, "indent")).Append("\n").ToText(), keepEnds: false).ToArray();
        var to = new TextBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            interpreter.Budget.Step();
            if (i > 0) to.Append("\n");
            if (i == 0 ? first : blank || lines[i].Value.Length > 0) to.Append(width);
            to.Append(lines[i]);
            interpreter.Budget.CheckLength(to.Length);
        }
        return interpreter.Allocated(to.ToText());

        static bool Flag(object? flag) => flag != Arguments.Missing && Truth.Of(flag);
    }

    private static Text Spaces(IRenderer interpreter, int width)
    {
        interpreter.Budget.Allocate(Math.Max(width, 0));
        return new Text(new string(' ', Math.Max(width, 0)));
    }

    private static Text Truncate(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("truncate", [], "length", "killwords", "end", "leeway");
        var length = bound[0] == Arguments.Missing ? 255 : Arguments.SmallIntegerOf(bound[0], "truncate");
        var killWords = bound[1] != Arguments.Missing && Truth.Of(bound[1]);
        var end = bound[2] == Arguments.Missing ? new Text("...") : Arguments.TextOf(bound[2], "truncate");
        var leeway = bound[3] == Arguments.Missing || bound[3] is null ? 5 : Arguments.SmallIntegerOf(bound[3], "truncate");
        if (length < end.Length || leeway < 0) throw TemplateException.Type($"truncate: the length must be at least {end.Length}, and the leeway not negative.");
        var text = Arguments.TextOf(value, "truncate");
        if (text.Length <= (long)length + leeway) return text;
        var cut = text.Units(0, text.UnitOf(length - end.Length));
        if (!killWords && cut.Value.LastIndexOf(' ') is var space and >= 0) cut = cut.Units(0, space);
        return new TextBuilder().Append(cut).Append(end).ToText();
    }

    // Python's textwrap has many rules: only lines that need none of them are known here.
    private static Text WordWrap(IRenderer interpreter, object? value, Arguments arguments)
    {
        var width = arguments.Bind("wordwrap", [], "width", "break_long_words", "wrapstring", "break_on_hyphens")[0] is var w && w == Arguments.Missing ? 79 : Arguments.SmallIntegerOf(w, "wordwrap");
        var text = Arguments.TextOf(value, "wordwrap");
        return text.Length <= width && !text.Value.Any(Characters.IsSpace) ? text : throw TemplateException.Unsupported("wordwrap of more than one word is not supported.");
    }
}
