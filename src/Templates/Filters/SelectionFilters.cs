using Ptune.Templates.Methods;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters that choose, order or map items.</summary>
internal static class SelectionFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["map"] = Map,
        ["select"] = (i, v, a) => Select(i, v, a, byAttribute: false, wanted: true),
        ["reject"] = (i, v, a) => Select(i, v, a, byAttribute: false, wanted: false),
        ["selectattr"] = (i, v, a) => Select(i, v, a, byAttribute: true, wanted: true),
        ["rejectattr"] = (i, v, a) => Select(i, v, a, byAttribute: true, wanted: false),
        ["sort"] = Sort,
        ["dictsort"] = DictSort,
        ["unique"] = Unique,
        ["min"] = (i, v, a) => Extreme(i, v, a, "min"),
        ["max"] = (i, v, a) => Extreme(i, v, a, "max"),
        ["groupby"] = GroupBy,
    };

    private static GeneratorValue Map(IRenderer interpreter, object? value, Arguments arguments)
    {
        if (!Truth.Of(value)) return new GeneratorValue([]);
        Func<object?, object?> map;
        if (arguments.Positional.Count == 0 && arguments.Named.Any(n => n.Key == "attribute"))
        {
            var bound = arguments.Bind("map", [], "attribute", "default");
            var path = AttributePath.Of(bound[0]);
            var fallback = bound[1] == Arguments.Missing ? null : bound[1];
            map = item => path.Get(interpreter, item, fallback);
        }
        else
        {
            if (arguments.Positional.Count == 0) throw TemplateException.Type("map lacks the name of a filter.");
            var name = Arguments.TextOf(arguments.Positional[0], "map").Value;
            var rest = arguments with { Positional = [.. arguments.Positional.Skip(1)] };
            map = item => interpreter.ApplyFilter(name, item, rest);
        }
        return new GeneratorValue(Iteration.Items(value).Select(item =>
        {
            interpreter.Budget.Step();
            return map(item);
        }));
    }

    private static GeneratorValue Select(IRenderer interpreter, object? value, Arguments arguments, bool byAttribute, bool wanted)
    {
        if (!Truth.Of(value)) return new GeneratorValue([]);
        var given = arguments.Positional;
        if (byAttribute && given.Count == 0) throw TemplateException.Type("the name of an attribute is missing.");
        var path = AttributePath.Of(byAttribute ? given[0] : null);
        var test = given.Skip(byAttribute ? 1 : 0).ToArray();
        Func<object?, bool> holds = Truth.Of;
        if (test.Length > 0)
        {
            var name = Arguments.TextOf(test[0], "select").Value;
            var rest = arguments with { Positional = test[1..] };
            holds = item => interpreter.ApplyTest(name, item, rest);
        }
        return new GeneratorValue(Iteration.Items(value).Where(item =>
        {
            interpreter.Budget.Step();
            return holds(path.Get(interpreter, item)) == wanted;
        }));
    }

    private static ListValue Sort(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sort", [], "reverse", "case_sensitive", "attribute");
        var paths = AttributePath.Several(bound[2]);
        var caseSensitive = Flag(bound[1]);
        return new ListValue(Sorted(
            interpreter, interpreter.ToList(Iteration.Items(value)), item => new ListValue([.. paths.Select(p => Key(p.Get(interpreter, item), caseSensitive))]), Flag(bound[0])));
    }

    private static ListValue DictSort(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("dictsort", [], "case_sensitive", "by", "reverse");
        var by = bound[1] == Arguments.Missing ? "key" : Arguments.TextOf(bound[1], "dictsort").Value;
        if (by is not ("key" or "value")) throw TemplateException.Type("dictsort sorts by 'key' or 'value'.");
        if (value is not MapValue map) throw (value is Undefined undefined ? undefined.Used() : TemplateException.Type("dictsort expects a mapping."));
        var caseSensitive = Flag(bound[0]);
        var at = by == "key" ? 0 : 1;
        return new ListValue(Sorted(interpreter, interpreter.ToList(MapMethods.Pairs(map)), item => Key(((TupleValue)item!).Items[at], caseSensitive), Flag(bound[2])));
    }

    private static GeneratorValue Unique(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("unique", [], "case_sensitive", "attribute");
        var path = AttributePath.Of(bound[1]);
        var caseSensitive = Flag(bound[0]);
        var seen = new HashSet<object>(KeyComparer.Instance);
        return new GeneratorValue(Iteration.Items(value).Where(item =>
        {
            interpreter.Budget.Step();
            return seen.Add(KeyComparer.Wrap(Key(path.Get(interpreter, item), caseSensitive)));
        }));
    }

    private static object? Extreme(IRenderer interpreter, object? value, Arguments arguments, string name)
    {
        var bound = arguments.Bind(name, [], "case_sensitive", "attribute");
        var path = AttributePath.Of(bound[1]);
        var caseSensitive = Flag(bound[0]);
        var items = interpreter.ToList(Iteration.Items(value));
        if (items.Count == 0) return new Undefined("there is no item: the sequence is empty");
        var best = items[0];
        var bestKey = Key(path.Get(interpreter, best), caseSensitive);
        foreach (var item in items.Skip(1))
        {
            var key = Key(path.Get(interpreter, item), caseSensitive);
            if (name == "min" ? !(Comparison.Order(key, bestKey, "<") < 0) : !(Comparison.Order(key, bestKey, ">") > 0)) continue;
            (best, bestKey) = (item, key);
        }
        return best;
    }

    private static ListValue GroupBy(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("groupby", ["attribute"], "default", "case_sensitive");
        var path = AttributePath.Of(bound[0]);
        var fallback = bound[1] == Arguments.Missing ? null : bound[1];
        var caseSensitive = Flag(bound[2]);
        var sorted = Sorted(interpreter, interpreter.ToList(Iteration.Items(value)), item => Key(path.Get(interpreter, item, fallback), caseSensitive), reverse: false);
        var groups = new List<(object? Key, object? Shown, List<object?> Items)>();
        foreach (var item in sorted)
        {
            var shown = path.Get(interpreter, item, fallback);
            var key = Key(shown, caseSensitive);
            if (groups.Count == 0 || !Comparison.AreEqual(groups[^1].Key, key)) groups.Add((key, shown, []));
            groups[^1].Items.Add(item);
        }
        return new ListValue([.. groups.Select(g => new GroupValue(g.Shown, new ListValue(g.Items)))]);
    }

    private static bool Flag(object? flag) => flag != Arguments.Missing && Truth.Of(flag);

    private static object? Key(object? value, bool caseSensitive) => value is Text text && !caseSensitive ? Casing.Lower(text) : value;

    // Stable, also in reverse, as Python's sort is.
    private static List<object?> Sorted(IRenderer interpreter, List<object?> items, Func<object?, object?> key, bool reverse)
    {
        var keyed = items.Select(item => (Key: key(item), Item: item)).ToList();
        var comparer = Comparer<object?>.Create((x, y) =>
        {
            interpreter.Budget.Step();
            return (reverse ? Comparison.Order(y, x, "<") : Comparison.Order(x, y, "<"))
                ?? throw TemplateException.Unsupported("sorting with a NaN is not supported.");
        });
        try
        {
            return [.. keyed.OrderBy(pair => pair.Key, comparer).Select(pair => pair.Item)];
        }
        catch (InvalidOperationException e) when (e.InnerException is TemplateException inner)
        {
            throw inner;
        }
    }
}
