using System.Numerics;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <summary>The variable <c>loop</c>. It looks ahead only when it is asked, since what the body does may decide whether an item passes the loop's filter.</summary>
internal sealed class LoopContext(object? source, IEnumerator<object?> items, int depth, Func<object?, Text>? recurse) : ICallable, IAttributes
{
    private static readonly object _nothing = new();

    private IEnumerator<object?> _items = items;
    private object? _before = _nothing;
    private object? _current = _nothing;
    private object? _after = _nothing;
    private object? _lastSeen = _nothing;
    private int? _length;
    private int _index = -1;

    public string TypeName => "LoopContext";

    public object? Current => _current;

    /// <summary>Goes to the next item; false at the end.</summary>
    public bool Advance()
    {
        var next = _after;
        if (next == _nothing)
        {
            if (!_items.MoveNext()) return false;
            next = _items.Current;
        }
        _after = _nothing;
        _index++;
        (_before, _current) = (_current, next);
        return true;
    }

    /// <summary>An attribute; null where it has no such one.</summary>
    public Func<object?>? Attribute(string name) => name switch
    {
        "index" => () => new BigInteger(_index + 1),
        "index0" => () => new BigInteger(_index),
        "revindex" => () => new BigInteger(Length() - _index),
        "revindex0" => () => new BigInteger(Length() - _index - 1),
        "first" => () => _index == 0,
        "last" => () => Peek() == _nothing,
        "length" => () => new BigInteger(Length()),
        "depth" => () => new BigInteger(depth + 1),
        "depth0" => () => new BigInteger(depth),
        "previtem" => () => _index == 0 ? new Undefined("there is no previous item") : _before,
        "nextitem" => () => Peek() is var next && next == _nothing ? new Undefined("there is no next item") : next,
        "cycle" => () => new FunctionValue("loop.cycle", (_, arguments) => Cycle(arguments)),
        "changed" => () => new FunctionValue("loop.changed", (_, arguments) => Changed(arguments)),
        _ => null,
    };

    /// <exception cref="TemplateException">The loop is not recursive.</exception>
    public object? Call(IRenderer renderer, Arguments arguments) => recurse is null
        ? throw TemplateException.Type("loop() is for loops with the mark 'recursive'.")
        : recurse(arguments.BindPositional("loop", 1)[0]);

    private object? Cycle(Arguments arguments) => arguments.Positional.Count == 0
        ? throw TemplateException.Type("loop.cycle() lacks the items to cycle over.")
        : arguments.Positional[_index % arguments.Positional.Count];

    private bool Changed(Arguments arguments)
    {
        var seen = new TupleValue(arguments.Positional);
        var changed = _lastSeen == _nothing || !Comparison.AreEqual(_lastSeen, seen);
        if (changed) _lastSeen = seen;
        return changed;
    }

    private object? Peek()
    {
        if (_after == _nothing && _items.MoveNext()) _after = _items.Current;
        return _after;
    }

    private int Length()
    {
        if (_length is { } known) return known;
        if (Iteration.TryLength(source) is { } length) return (_length = length).Value;
        var rest = new List<object?>();
        while (_items.MoveNext()) rest.Add(_items.Current);
        _items = rest.GetEnumerator();
        return (_length = rest.Count + _index + 1 + (_after == _nothing ? 0 : 1)).Value;
    }
}
