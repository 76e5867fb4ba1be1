using System.Numerics;
using Ptune.Templates.Formatting;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <summary>The names that every template knows.</summary>
internal static class Globals
{
    public static Scope Scope { get; } = Create();

    private static Scope Create()
    {
        var scope = new Scope(null);
        Add("range", (_, a) => Range(a));
        Add("dict", Dict);
        Add("namespace", (i, a) => Namespace(i, a));
        Add("cycler", (_, a) => a.Named.Count == 0 && a.Positional.Count > 0 ? new Cycler(a.Positional) : throw TemplateException.Type("cycler() takes its items, at least one."));
        Add("joiner", (_, a) => Joiner(a));
        Add("raise_exception", (i, a) => throw new TemplateException(TemplateFault.Raised, i.Str(a.Bind("raise_exception", ["message"])[0]).Value));
        Add("strftime_now", (i, a) => i.Allocated(DateFormat.Apply(Arguments.TextOf(a.Bind("strftime_now", ["format"])[0], "strftime_now"), Now(i))));
        return scope;

        void Add(string name, Func<IRenderer, Arguments, object?> call) => scope.Set(name, new FunctionValue(name, call));
    }

    private static DateTimeOffset Now(IRenderer interpreter) => interpreter.Now
        ?? throw TemplateException.Type("the template asks for the time (strftime_now), and none was given: give one with --now, in a spec with 'now'. The clock is never read, so that equal work has equal bytes.");

    private static RangeValue Range(Arguments arguments)
    {
        var values = arguments.BindPositional("range", 1, 2);
        var numbers = values.Where(v => v != Arguments.Missing).Select(v => Arguments.IntegerOf(v, "range")).ToArray();
        return numbers.Length == 1
            ? RangeValue.Create(0, numbers[0], 1)
            : RangeValue.Create(numbers[0], numbers[1], numbers.Length == 3 ? numbers[2] : BigInteger.One);
    }

    private static MapValue Dict(IRenderer interpreter, Arguments arguments)
    {
        var map = new MapValue();
        if (arguments.Positional.Count > 1) throw TemplateException.Type("dict() takes at most 1 argument by place.");
        foreach (var source in arguments.Positional)
        {
            if (source is MapValue other)
            {
                foreach (var (key, value) in other.Entries) map.Set(key, value);
                continue;
            }
            foreach (var item in interpreter.ToList(Iteration.Items(source)))
            {
                var pair = interpreter.ToList(Iteration.Items(item));
                if (pair.Count != 2) throw TemplateException.Type("dict() expects pairs.");
                map.Set(pair[0], pair[1]);
            }
        }
        foreach (var (name, value) in arguments.Named) map.Set(new Text(name), value);
        interpreter.Budget.AllocateItems(map.Count);
        return map;
    }

    private static NamespaceValue Namespace(IRenderer interpreter, Arguments arguments)
    {
        var space = new NamespaceValue();
        foreach (var (key, value) in Dict(interpreter, arguments).Entries)
            space.Set(key is Text name ? name.Value : throw TemplateException.Type("a namespace's names must be strings."), value);
        return space;
    }

    private static FunctionValue Joiner(Arguments arguments)
    {
        var separator = arguments.Bind("joiner", [], "sep")[0];
        var used = false;
        return new FunctionValue("joiner", (_, inner) =>
        {
            inner.BindPositional("joiner", 0);
            if (used) return separator == Arguments.Missing ? new Text(", ") : separator;
            used = true;
            return Text.Empty;
        });
    }
}
