using System.Numerics;
using Ptune.Templates.Methods;
using Ptune.Templates.Operations;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters of lists and dicts.</summary>
internal static class SequenceFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["length"] = (_, v, a) => a.BindPositional("length", 0) is not null ? new BigInteger(Iteration.Length(v)) : null,
        ["count"] = (_, v, a) => a.BindPositional("count", 0) is not null ? new BigInteger(Iteration.Length(v)) : null,
        ["list"] = (i, v, a) => a.BindPositional("list", 0) is not null ? new ListValue(i.ToList(Iteration.Items(v))) : null,
        ["first"] = First,
        ["last"] = Last,
        ["join"] = Join,
        ["reverse"] = Reverse,
        ["default"] = Default,
        ["d"] = Default,
        ["items"] = Items,
        ["attr"] = (i, v, a) => v is Undefined undefined ? throw undefined.Used() : i.OwnAttribute(v, Arguments.TextOf(a.Bind("attr", ["name"])[0], "attr").Value),
        ["batch"] = Batch,
        ["slice"] = Slice,
        ["sum"] = Sum,
    };

    private static object? First(IRenderer interpreter, object? value, Arguments arguments)
    {
        arguments.BindPositional("first", 0);
        foreach (var item in Iteration.Items(value)) return item;
        return new Undefined("there is no first item: the sequence is empty");
    }

    private static object? Last(IRenderer interpreter, object? value, Arguments arguments)
    {
        arguments.BindPositional("last", 0);
        if (value is GeneratorValue) throw TemplateException.Type("'generator' object is not reversible.");
        var items = interpreter.ToList(Iteration.Items(value));
        return items.LastOrDefault(new Undefined("there is no last item: the sequence is empty"));
    }

    private static Text Join(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("join", [], "d", "attribute");
        var separator = bound[0] == Arguments.Missing ? Text.Empty : interpreter.Str(bound[0]);
        var path = AttributePath.Of(bound[1]);
        return Joining.Join(interpreter, separator, Iteration.Items(value).Select(item => interpreter.Str(path.Get(interpreter, item))));
    }

    private static object? Reverse(IRenderer interpreter, object? value, Arguments arguments)
    {
        arguments.BindPositional("reverse", 0);
        if (value is Text text) return Slicing.Cut(interpreter, text, null, null, BigInteger.MinusOne);
        var items = interpreter.ToList(Iteration.Items(value));
        items.Reverse();
        // What cannot be walked from its end is copied into a list, as in Jinja.
        return value is GeneratorValue ? new ListValue(items) : new GeneratorValue(items);
    }

    private static object? Default(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("default", [], "default_value", "boolean");
        var isWanted = value is Undefined || (bound[1] != Arguments.Missing && Truth.Of(bound[1]) && !Truth.Of(value));
        return !isWanted ? value : bound[0] == Arguments.Missing ? Text.Empty : bound[0];
    }

    private static GeneratorValue Items(IRenderer interpreter, object? value, Arguments arguments)
    {
        arguments.BindPositional("items", 0);
        return value switch
        {
            Undefined => new GeneratorValue([]),
            MapValue map => new GeneratorValue(interpreter.ToList(MapMethods.Pairs(map))),
            _ => new GeneratorValue(Fail()),
        };

        // As in Python: the error comes when the items are asked for.
        static IEnumerable<object?> Fail()
        {
            yield return Throw();
        }

        static object? Throw() => throw TemplateException.Type("items is for mappings only.");
    }

    private static GeneratorValue Batch(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("batch", ["linecount"], "fill_with");
        var size = Arguments.SmallIntegerOf(bound[0], "batch");
        var fill = bound[1] == Arguments.Missing ? null : bound[1];
        if (size < 1) throw TemplateException.Unsupported("batch by less than 1 is not supported.");
        if (fill is not null) interpreter.Budget.AllocateItems(size);
        return new GeneratorValue(interpreter.ToList(Iteration.Items(value)).Chunk(size).Select(object? (batch) =>
            new ListValue(fill is null ? batch : [.. batch, .. Enumerable.Repeat(fill, size - batch.Length)])));
    }

    private static GeneratorValue Slice(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("slice", ["slices"], "fill_with");
        var slices = Arguments.SmallIntegerOf(bound[0], "slice");
        var fill = bound[1] == Arguments.Missing ? null : bound[1];
        if (slices < 1) throw TemplateException.Type("slice into less than 1 part.");
        interpreter.Budget.AllocateItems(slices);
        var items = interpreter.ToList(Iteration.Items(value));
        var (size, longer) = Math.DivRem(items.Count, slices);
        var parts = new List<object?>();
        for (int i = 0, at = 0; i < slices; i++)
        {
            var count = size + (i < longer ? 1 : 0);
            IEnumerable<object?> part = items.GetRange(at, count);
            if (fill is not null && i >= longer) part = part.Append(fill);
            parts.Add(new ListValue([.. part]));
            at += count;
        }
        return new GeneratorValue(parts);
    }

    private static object? Sum(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sum", [], "attribute", "start");
        var path = AttributePath.Of(bound[0]);
        object? sum = bound[1] == Arguments.Missing ? BigInteger.Zero : bound[1];
        if (sum is Text) throw TemplateException.Type("sum() can't sum strings.");
        foreach (var item in Iteration.Items(value))
        {
            interpreter.Budget.Step();
            sum = Arithmetic.Apply(interpreter, "+", sum, path.Get(interpreter, item));
        }
        return sum;
    }
}
