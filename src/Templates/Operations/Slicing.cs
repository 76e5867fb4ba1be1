using System.Numerics;
using Ptune.Templates.Values;

namespace Ptune.Templates.Operations;

/// <summary>Python's slices, <c>value[start:stop:step]</c>.</summary>
internal static class Slicing
{
    /// <exception cref="TemplateException">The value has no slices, or a bound is no int.</exception>
    public static object? Cut(IRenderer interpreter, object? value, object? start, object? stop, object? step)
    {
        switch (value)
        {
            case Text { IsMarkup: true }:
                throw TemplateException.Unsupported("a slice of escaped text is not supported.");
            case Text text:
                return interpreter.Allocated(Cut(text, Bounds(text.Length, start, stop, step)));
            case ListValue list:
                return new ListValue(Pick(interpreter, list.Items, Bounds(list.Items.Count, start, stop, step)));
            case TupleValue tuple:
                return new TupleValue(Pick(interpreter, tuple.Items, Bounds(tuple.Items.Count, start, stop, step)));
            case RangeValue range:
                var (first, count, by) = Bounds(range.Count, start, stop, step);
                var begin = range.Start + (first * range.Step);
                return RangeValue.Create(begin, begin + (count * by * range.Step), by * range.Step);
            case Undefined undefined:
                throw undefined.Used();
            default:
                throw TemplateException.Type($"'{PythonType.Of(value)}' object cannot be cut by a slice.");
        }
    }

    private static Text Cut(Text text, (int Start, int Count, int Step) bounds)
    {
        if (bounds.Step == 1) return text.Units(text.UnitOf(bounds.Start), text.UnitOf(bounds.Start + bounds.Count));
        var points = text.CodePoints().ToArray();
        var to = new TextBuilder();
        for (var i = 0; i < bounds.Count; i++) to.Append(points[bounds.Start + (i * bounds.Step)]);
        return to.ToText();
    }

    private static object?[] Pick(IRenderer interpreter, IReadOnlyList<object?> items, (int Start, int Count, int Step) bounds)
    {
        interpreter.Budget.AllocateItems(bounds.Count);
        var picked = new object?[bounds.Count];
        for (var i = 0; i < picked.Length; i++) picked[i] = items[bounds.Start + (i * bounds.Step)];
        return picked;
    }

    private static (int Start, int Count, int Step) Bounds(int length, object? start, object? stop, object? step)
    {
        var by = Index(step) ?? BigInteger.One;
        if (by.IsZero) throw TemplateException.Type("slice step cannot be zero.");
        var (lowest, highest) = by.Sign > 0 ? (0, length) : (-1, length - 1);
        var first = Clamp(Index(start), by.Sign > 0 ? lowest : highest);
        var last = Clamp(Index(stop), by.Sign > 0 ? highest : lowest);
        var distance = by.Sign > 0 ? last - first : first - last;
        if (distance <= 0) return (0, 0, 1);
        var stride = (int)BigInteger.Min(BigInteger.Abs(by), int.MaxValue);
        return (first, ((distance - 1) / stride) + 1, by.Sign * stride);

        int Clamp(BigInteger? index, int absent)
        {
            if (index is not { } value) return absent;
            if (value.Sign < 0) value += length;
            return (int)BigInteger.Clamp(value, lowest, highest);
        }
    }

    private static BigInteger? Index(object? value) => value switch
    {
        null => null,
        BigInteger number => number,
        bool flag => flag ? 1 : 0,
        _ => throw TemplateException.Type("slice indices must be integers or None."),
    };
}
