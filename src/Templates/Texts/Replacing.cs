using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.replace(): what is not replaced keeps its origin, and so does what is put in its place.</summary>
internal static class Replacing
{
    /// <param name="interpreter">Whose budget is used.</param>
    /// <param name="text">Where.</param>
    /// <param name="old">What goes; empty: the place before each character, and the end.</param>
    /// <param name="replacement">What comes.</param>
    /// <param name="count">At most so many; below 0: all.</param>
    public static Text Replace(IRenderer interpreter, Text text, Text old, Text replacement, int count)
    {
        if (count < 0) count = int.MaxValue;
        if (old.Value.Length == 0) return Insert(interpreter, text, replacement, count);
        var to = new TextBuilder();
        var start = 0;
        for (int at; count > 0 && (at = text.Value.IndexOf(old.Value, start, StringComparison.Ordinal)) >= 0; count--)
        {
            interpreter.Budget.Step();
            to.Append(text.Units(start, at)).Append(replacement);
            interpreter.Budget.CheckLength(to.Length);
            start = at + old.Value.Length;
        }
        return start == 0 ? text : interpreter.Allocated(to.Append(text.Units(start, text.Value.Length)).ToText());
    }

    private static Text Insert(IRenderer interpreter, Text text, Text replacement, int count)
    {
        var to = new TextBuilder();
        foreach (var point in text.CodePoints())
        {
            interpreter.Budget.Step();
            if (count-- > 0) to.Append(replacement);
            to.Append(point);
            interpreter.Budget.CheckLength(to.Length);
        }
        if (count > 0) to.Append(replacement);
        return interpreter.Allocated(to.ToText());
    }
}
