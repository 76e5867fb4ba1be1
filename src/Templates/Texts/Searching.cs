using System.Numerics;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.find(), str.count(), str.startswith() and their kin, with their bounds in code points.</summary>
internal static class Searching
{
    /// <summary>The first or last place in code points; -1 where there is none.</summary>
    public static int Find(Text text, Arguments arguments, string name, bool last)
    {
        var bound = arguments.BindPositional(name, 1, 2);
        var part = Arguments.TextOf(bound[0], name).Value;
        if (Range(text, bound, name) is not var (start, end) || start > end) return -1;
        var window = text.Value.AsSpan(start, end - start);
        var at = last ? window.LastIndexOf(part, StringComparison.Ordinal) : window.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : text.CodePointOf(start + at);
    }

    public static object? Count(IRenderer interpreter, Text text, Arguments arguments)
    {
        var bound = arguments.BindPositional("count", 1, 2);
        var part = Arguments.TextOf(bound[0], "count").Value;
        if (Range(text, bound, "count") is not var (start, end) || start > end) return BigInteger.Zero;
        var window = text.Units(start, end);
        interpreter.Budget.Steps(window.Value.Length / 16);
        return new BigInteger(part.Length == 0 ? window.Length + 1 : window.Value.AsSpan().Count(part));
    }

    /// <summary>str.startswith() and str.endswith(): of a text, or of one of a tuple's.</summary>
    public static object? Begins(Text text, Arguments arguments, bool atEnd)
    {
        var name = atEnd ? "endswith" : "startswith";
        var bound = arguments.BindPositional(name, 1, 2);
        if (Range(text, bound, name) is not var (start, end) || start > end) return false;
        var window = text.Value[start..end];
        var parts = bound[0] is TupleValue tuple ? tuple.Items : [bound[0]];
        return parts.Select(p => Arguments.TextOf(p, name).Value).Any(p => atEnd ? window.EndsWith(p, StringComparison.Ordinal) : window.StartsWith(p, StringComparison.Ordinal));
    }

    // The bounds in UTF-16 units; null where the start lies behind the text's end.
    private static (int Start, int End)? Range(Text text, object?[] bound, string name)
    {
        var length = text.Length;
        var start = At(bound[1], 0);
        var end = Math.Min(At(bound[2], length), length);
        return start > length ? null : (text.UnitOf(Math.Min(start, length)), text.UnitOf(end));

        int At(object? value, int absent)
        {
            if (value == Arguments.Missing || value is null) return absent;
            var number = Arguments.SmallIntegerOf(value, name);
            return number < 0 ? Math.Max(number + length, 0) : number;
        }
    }
}
