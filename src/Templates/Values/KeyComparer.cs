using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ptune.Templates.Values;

/// <summary>Python's hash and equality of dict keys.</summary>
internal sealed class KeyComparer : IEqualityComparer<object>
{
    public static readonly KeyComparer Instance = new();

    private static readonly object _noneKey = new();

    /// <summary>The key as a dictionary takes it: None has no null there.</summary>
    /// <exception cref="TemplateException">It cannot be a key.</exception>
    public static object Wrap(object? key)
    {
        // A tuple holds others, as deep as a template likes.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return key switch
        {
            null => _noneKey,
            Text or bool or BigInteger or double => key,
            TupleValue tuple when tuple.Items.All(item => Wrap(item) is not null) => tuple,
            ListValue or MapValue => throw TemplateException.Type($"unhashable type: '{PythonType.Of(key)}'."),
            _ => throw TemplateException.Unsupported($"a value of type '{PythonType.Of(key)}' as the key of a dict is not supported."),
        };
    }

    public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || (x != _noneKey && y != _noneKey && Comparison.AreEqual(x, y));

    public int GetHashCode(object obj)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return obj switch
        {
            Text text => text.Value.GetHashCode(StringComparison.Ordinal),
            bool flag => (flag ? 1.0 : 0.0).GetHashCode(),
            BigInteger number => ((double)number).GetHashCode(),
            double number => number.GetHashCode(),
            TupleValue tuple => tuple.Items.Aggregate(17, (hash, item) => (hash * 31) + GetHashCode(Wrap(item))),
            _ => 0,
        };
    }
}
