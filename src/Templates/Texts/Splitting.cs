using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.split() and its kin.</summary>
internal static class Splitting
{
    /// <param name="text">What is split.</param>
    /// <param name="separator">Null: runs of white space.</param>
    /// <param name="most">At most so many splits; below 0: all.</param>
    /// <param name="fromEnd">Splits the last places first.</param>
    /// <exception cref="TemplateException">The separator is empty.</exception>
    public static IEnumerable<Text> Split(Text text, string? separator, int most, bool fromEnd)
    {
        if (separator is { Length: 0 }) throw TemplateException.Type("empty separator.");
        if (most < 0) most = int.MaxValue;
        return (separator, fromEnd) switch
        {
            (null, false) => SplitSpaces(text, most),
            (null, true) => SplitSpacesFromEnd(text, most).Reverse(),
            (_, false) => SplitAt(text, separator, most),
            _ => SplitAtFromEnd(text, separator, most).Reverse(),
        };
    }

    /// <summary>str.splitlines().</summary>
    public static IEnumerable<Text> Lines(Text text, bool keepEnds)
    {
        var value = text.Value;
        for (var start = 0; start < value.Length;)
        {
            var end = start;
            while (end < value.Length && !Characters.EndsLine(value[end])) end++;
            var next = end < value.Length ? end + (value[end] == '\r' && end + 1 < value.Length && value[end + 1] == '\n' ? 2 : 1) : end;
            yield return text.Units(start, keepEnds ? next : end);
            start = next;
        }
    }

    /// <summary>What is before the separator, the separator, and what is behind it.</summary>
    /// <exception cref="TemplateException">The separator is empty.</exception>
    public static TupleValue Partition(Text text, Text separator, bool fromEnd)
    {
        if (separator.Value.Length == 0) throw TemplateException.Type("empty separator.");
        var at = fromEnd ? text.Value.LastIndexOf(separator.Value, StringComparison.Ordinal) : text.Value.IndexOf(separator.Value, StringComparison.Ordinal);
        if (at < 0) return new TupleValue(fromEnd ? [Text.Empty, Text.Empty, text] : [text, Text.Empty, Text.Empty]);
        var end = at + separator.Value.Length;
        return new TupleValue([text.Units(0, at), text.Units(at, end), text.Units(end, text.Value.Length)]);
    }

    private static IEnumerable<Text> SplitAt(Text text, string separator, int most)
    {
        var start = 0;
        for (int at; most > 0 && (at = text.Value.IndexOf(separator, start, StringComparison.Ordinal)) >= 0; most--)
        {
            yield return text.Units(start, at);
            start = at + separator.Length;
        }
        yield return text.Units(start, text.Value.Length);
    }

    private static IEnumerable<Text> SplitAtFromEnd(Text text, string separator, int most)
    {
        var end = text.Value.Length;
        for (int at; most > 0 && (at = text.Value.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal)) >= 0; most--)
        {
            yield return text.Units(at + separator.Length, end);
            end = at;
        }
        yield return text.Units(0, end);
    }

    private static IEnumerable<Text> SplitSpaces(Text text, int most)
    {
        var value = text.Value;
        for (var start = Skip(0); start < value.Length; most--)
        {
            if (most == 0)
            {
                yield return Stripping.Strip(text.Units(start, value.Length), null, "split", start: false, end: true);
                yield break;
            }
            var end = start;
            while (end < value.Length && !Characters.IsSpace(value[end])) end++;
            yield return text.Units(start, end);
            start = Skip(end);
        }

        int Skip(int at)
        {
            while (at < value.Length && Characters.IsSpace(value[at])) at++;
            return at;
        }
    }

    private static IEnumerable<Text> SplitSpacesFromEnd(Text text, int most)
    {
        var value = text.Value;
        for (var end = Skip(value.Length); end > 0; most--)
        {
            if (most == 0)
            {
                yield return Stripping.Strip(text.Units(0, end), null, "rsplit", start: true, end: false);
                yield break;
            }
            var start = end;
            while (start > 0 && !Characters.IsSpace(value[start - 1])) start--;
            yield return text.Units(start, end);
            end = Skip(start);
        }

        int Skip(int at)
        {
            while (at > 0 && Characters.IsSpace(value[at - 1])) at--;
            return at;
        }
    }
}
