using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ptune.Templates.Values;

/// <summary>Python's <c>==</c> and <c>&lt;</c>.</summary>
internal static class Comparison
{
    public static bool AreEqual(object? x, object? y)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (x is null || y is null) return x is null && y is null;
        if (x is Undefined || y is Undefined) return x is Undefined && y is Undefined;
        if (Number(x) is { } a && Number(y) is { } b) return Compare(a, b) == 0;
        return (x, y) switch
        {
            (Text s, Text t) => string.Equals(s.Value, t.Value, StringComparison.Ordinal),
            (ListValue s, ListValue t) => SameItems(s.Items, t.Items),
            (TupleValue s, TupleValue t) => SameItems(s.Items, t.Items),
            (MapValue s, MapValue t) => s.Count == t.Count && s.Entries.All(e => t.TryGet(e.Key, out var other) && AreEqual(e.Value, other)),
            (RangeValue s, RangeValue t) => s.Count == t.Count && (s.Count == 0 || (s.Start == t.Start && (s.Count == 1 || s.Step == t.Step))),
            (ViewValue, ViewValue) => throw TemplateException.Unsupported("comparing the views of dicts is not supported."),
            _ => ReferenceEquals(x, y),
        };
    }

    /// <summary>Less than 0, 0, or more than 0; null where a NaN makes every comparison false.</summary>
    /// <exception cref="TemplateException">Python cannot order the two.</exception>
    public static int? Order(object? x, object? y, string sign)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (x is Undefined undefined) throw undefined.Used();
        if (y is Undefined other) throw other.Used();
        if (Number(x) is { } a && Number(y) is { } b) return Compare(a, b);
        return (x, y) switch
        {
            (Text s, Text t) => CompareCodePoints(s.Value, t.Value),
            (ListValue s, ListValue t) => OrderItems(s.Items, t.Items, sign),
            (TupleValue s, TupleValue t) => OrderItems(s.Items, t.Items, sign),
            _ => throw TemplateException.Type($"'{sign}' not supported between instances of '{PythonType.Of(x)}' and '{PythonType.Of(y)}'."),
        };
    }

    // A float and an int are compared exactly, however long the int is.
    private static int? Compare(object a, object b) => (a, b) switch
    {
        (BigInteger x, BigInteger y) => x.CompareTo(y),
        (double x, double y) => double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y),
        (double x, BigInteger y) => -CompareMixed(y, x),
        (BigInteger x, double y) => CompareMixed(x, y),
        _ => throw new InvalidOperationException("These are not numbers."),
    };

    private static int? CompareMixed(BigInteger whole, double number)
    {
        if (double.IsNaN(number)) return null;
        if (double.IsInfinity(number)) return number > 0 ? -1 : 1;
        var floor = Math.Floor(number);
        var order = whole.CompareTo(new BigInteger(floor));
        return order != 0 ? order : number > floor ? -1 : 0;
    }

    private static object? Number(object? value) => value switch
    {
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        BigInteger or double => value,
        _ => null,
    };

    private static bool SameItems(IReadOnlyList<object?> x, IReadOnlyList<object?> y)
    {
        if (x.Count != y.Count) return false;
        for (var i = 0; i < x.Count; i++)
            if (!ReferenceEquals(x[i], y[i]) && !AreEqual(x[i], y[i])) return false;
        return true;
    }

    private static int? OrderItems(IReadOnlyList<object?> x, IReadOnlyList<object?> y, string sign)
    {
        for (var i = 0; i < Math.Min(x.Count, y.Count); i++)
            if (!ReferenceEquals(x[i], y[i]) && !AreEqual(x[i], y[i])) return Order(x[i], y[i], sign);
        return x.Count.CompareTo(y.Count);
    }

    // Code points, not UTF-16 units: a surrogate stands for one above U+FFFF.
    private static int CompareCodePoints(string x, string y)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (x[i] == y[i]) continue;
            var (a, b) = (char.IsSurrogate(x[i]), char.IsSurrogate(y[i]));
            return a == b ? x[i].CompareTo(y[i]) : a ? 1 : -1;
        }
        return x.Length.CompareTo(y.Length);
    }
}
