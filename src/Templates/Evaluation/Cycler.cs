using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <summary>Jinja's cycler: gives its items in turn.</summary>
internal sealed class Cycler(IReadOnlyList<object?> items) : IAttributes
{
    private int _at;

    /// <summary>An attribute; null where it has no such one.</summary>
    public Func<object?>? Attribute(string name) => name switch
    {
        "current" => () => items[_at],
        "items" => () => new TupleValue(items),
        "pos" => () => new System.Numerics.BigInteger(_at),
        "next" => () => new FunctionValue("cycler.next", (_, arguments) => Next(arguments)),
        "reset" => () => new FunctionValue("cycler.reset", (_, arguments) => Reset(arguments)),
        _ => null,
    };

    private object? Next(Arguments arguments)
    {
        arguments.BindPositional("next", 0);
        var item = items[_at];
        _at = (_at + 1) % items.Count;
        return item;
    }

    private object? Reset(Arguments arguments)
    {
        arguments.BindPositional("reset", 0);
        _at = 0;
        return null;
    }
}
