using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.center(), ljust(), rjust() and zfill().</summary>
internal static class Padding
{
    public static Text Apply(IRenderer interpreter, Text text, Arguments arguments, string name)
    {
        var bound = arguments.BindPositional(name, 1, 1);
        var fill = bound[1] == Arguments.Missing ? new Text(" ") : Arguments.TextOf(bound[1], name);
        if (fill.Length != 1) throw TemplateException.Type("the fill character must be exactly one character long.");
        return Apply(interpreter, text, Arguments.SmallIntegerOf(bound[0], name), name, fill);
    }

    /// <param name="interpreter">Whose budget is used.</param>
    /// <param name="text">What is padded.</param>
    /// <param name="width">To so many code points.</param>
    /// <param name="name"><c>center</c>, <c>ljust</c> or <c>rjust</c>.</param>
    /// <param name="fill">One character.</param>
    public static Text Apply(IRenderer interpreter, Text text, int width, string name, Text fill)
    {
        var missing = width - text.Length;
        if (missing <= 0) return text;
        interpreter.Budget.Allocate(width);
        // Where the sides differ, CPython gives the left one more only when both the missing and the width are odd.
        var left = name switch { "center" => (missing / 2) + (missing & width & 1), "rjust" => missing, _ => 0 };
        var to = new TextBuilder();
        for (var i = 0; i < left; i++) to.Append(fill);
        to.Append(text);
        for (var i = left; i < missing; i++) to.Append(fill);
        return to.ToText();
    }

    public static Text ZeroFill(IRenderer interpreter, Text text, Arguments arguments)
    {
        var width = Arguments.SmallIntegerOf(arguments.BindPositional("zfill", 1)[0], "zfill");
        var missing = width - text.Length;
        if (missing <= 0) return text;
        interpreter.Budget.Allocate(width);
        var sign = text.Value is ['+' or '-', ..] ? 1 : 0;
        return new TextBuilder().Append(text.Units(0, sign)).Append(new string('0', missing)).Append(text.Units(sign, text.Value.Length)).ToText();
    }
}
