namespace Ptune.Templates.Values;

/// <summary>
/// A Python str: counted and cut in code points, and each part knows where it comes from. Where an operation cannot tell which part of its result
/// came from which part of its operands, the whole result counts as data as soon as a part of an operand does.
/// </summary>
internal sealed class Text
{
    public static readonly Text Empty = new("");

    // Null until it has been looked for.
    private bool? _hasSurrogates;

    public Text(string value, Mark[]? marks = null, bool isMarkup = false)
    {
        Value = value;
        Marks = marks ?? [];
        IsMarkup = isMarkup;
    }

    public string Value { get; }

    /// <summary>In order, not overlapping; what no mark covers is the template's.</summary>
    public Mark[] Marks { get; }

    /// <summary>Python's Markup: what <c>safe</c> and <c>escape</c> give. Most operations on it escape their other operand, and are refused here.</summary>
    public bool IsMarkup { get; }

    /// <summary>In code points.</summary>
    public int Length => HasSurrogates ? CountCodePoints() : Value.Length;

    /// <summary>The origins of all parts together.</summary>
    public Origin Origins => Marks.Aggregate(Origin.Template, (all, mark) => all | mark.Origin);

    private bool HasSurrogates => _hasSurrogates ??= Value.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0;

    /// <summary>A text that is data as a whole.</summary>
    public static Text Data(string value) => new(value, value.Length == 0 ? null : [new Mark(0, value.Length, Origin.Data)]);

    /// <summary>A text made of others in a way that loses which part came from where.</summary>
    public static Text Derived(string value, params ReadOnlySpan<Text> sources)
    {
        var origin = Origin.Template;
        foreach (var source in sources) origin |= source.Origins;
        return origin == Origin.Template || value.Length == 0 ? new Text(value) : new Text(value, [new Mark(0, value.Length, origin)]);
    }

    /// <summary>The same for one source of the same length, unit by unit.</summary>
    public Text Mapped(string value) => value.Length == Value.Length ? new Text(value, Marks) : Derived(value, this);

    public Text AsMarkup(bool isMarkup) => isMarkup == IsMarkup ? this : new Text(Value, Marks, isMarkup);

    /// <summary>A part, in UTF-16 units.</summary>
    public Text Units(int start, int end)
    {
        if (start >= end) return Empty;
        if (start == 0 && end == Value.Length) return this;
        return new Text(Value[start..end], Cut(start, end));
    }

    /// <summary>The code point at an index, as a text.</summary>
    public Text CodePointAt(int index)
    {
        var unit = UnitOf(index);
        return Units(unit, unit + (char.IsSurrogatePair(Value, unit) ? 2 : 1));
    }

    /// <summary>The UTF-16 index of a code point; <see cref="Length"/> gives the end.</summary>
    public int UnitOf(int codePoint)
    {
        if (!HasSurrogates) return codePoint;
        var unit = 0;
        for (; codePoint > 0; codePoint--) unit += IsPair(unit) ? 2 : 1;
        return unit;
    }

    /// <summary>The code point's index of a UTF-16 index.</summary>
    public int CodePointOf(int unit)
    {
        if (!HasSurrogates) return unit;
        var count = 0;
        for (var i = 0; i < unit; count++) i += IsPair(i) ? 2 : 1;
        return count;
    }

    /// <summary>The code points, each as a text.</summary>
    public IEnumerable<Text> CodePoints()
    {
        for (var i = 0; i < Value.Length;)
        {
            var width = IsPair(i) ? 2 : 1;
            yield return Units(i, i + width);
            i += width;
        }
    }

    /// <summary>The same text with <paramref name="origin"/> added to every part.</summary>
    public Text With(Origin origin)
    {
        if (Value.Length == 0) return this;
        var marks = new List<Mark>();
        var at = 0;
        foreach (var mark in Marks)
        {
            if (mark.Start > at) marks.Add(new Mark(at, mark.Start, origin));
            marks.Add(mark with { Origin = mark.Origin | origin });
            at = mark.End;
        }
        if (at < Value.Length) marks.Add(new Mark(at, Value.Length, origin));
        return new Text(Value, [.. marks], IsMarkup);
    }

    public override string ToString() => Value;

    private Mark[] Cut(int start, int end) => Marks.Length == 0
        ? Marks
        : [.. Marks.Where(m => m.End > start && m.Start < end).Select(m => new Mark(Math.Max(m.Start, start) - start, Math.Min(m.End, end) - start, m.Origin))];

    private bool IsPair(int unit) => unit + 1 < Value.Length && char.IsSurrogatePair(Value[unit], Value[unit + 1]);

    private int CountCodePoints()
    {
        var count = Value.Length;
        for (var i = 0; i + 1 < Value.Length; i++)
            if (char.IsSurrogatePair(Value[i], Value[i + 1])) count--;
        return count;
    }
}
