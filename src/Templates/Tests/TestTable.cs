using System.Numerics;
using Ptune.Templates.Filters;
using Ptune.Templates.Methods;
using Ptune.Templates.Operations;
using Ptune.Templates.Values;

namespace Ptune.Templates.Tests;

/// <summary>What may stand behind <c>is</c>.</summary>
internal static class TestTable
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, bool>> All { get; } = Create();

    private static Dictionary<string, Func<IRenderer, object?, Arguments, bool>> Create()
    {
        var tests = new Dictionary<string, Func<IRenderer, object?, Arguments, bool>>
        {
            ["defined"] = Plain("defined", v => v is not Undefined),
            ["undefined"] = Plain("undefined", v => v is Undefined),
            ["none"] = Plain("none", v => v is null),
            ["boolean"] = Plain("boolean", v => v is bool),
            ["true"] = Plain("true", v => v is true),
            ["false"] = Plain("false", v => v is false),
            ["integer"] = Plain("integer", v => v is BigInteger),
            ["float"] = Plain("float", v => v is double),
            ["number"] = Plain("number", v => v is BigInteger or double or bool),
            ["string"] = Plain("string", v => v is Text),
            ["mapping"] = Plain("mapping", v => v is MapValue),
            ["sequence"] = Plain("sequence", v => v is Undefined || (v is not ViewValue && Iteration.TryLength(v) is not null)),
            ["iterable"] = Plain("iterable", v => Iteration.TryItems(v) is not null || v is ICallable { TypeName: "LoopContext" }),
            ["callable"] = Plain("callable", v => v is ICallable or Undefined),
            ["escaped"] = Plain("escaped", v => v is Text { IsMarkup: true }),
            ["odd"] = Plain("odd", v => Remainder(v, 2) is { IsOne: true }),
            ["even"] = Plain("even", v => Remainder(v, 2) is { IsZero: true }),
            ["divisibleby"] = (_, v, a) => Remainder(v, Arguments.IntegerOf(a.Bind("divisibleby", ["num"])[0], "divisibleby")) is { IsZero: true },
            ["upper"] = (i, v, a) => a.BindPositional("upper", 0) is not null && TextMethods.IsUpper(i.Str(v)),
            ["lower"] = (i, v, a) => a.BindPositional("lower", 0) is not null && TextMethods.IsLower(i.Str(v)),
            ["in"] = (i, v, a) => Membership.Contains(i, a.BindPositional("in", 1)[0], v),
            ["filter"] = (_, v, a) => a.BindPositional("filter", 0) is not null && FilterTable.All.ContainsKey(Arguments.TextOf(v, "filter").Value),
            ["test"] = (_, v, a) => a.BindPositional("test", 0) is not null && All!.ContainsKey(Arguments.TextOf(v, "test").Value),
            ["sameas"] = (_, v, a) => Same(v, a.BindPositional("sameas", 1)[0]),
        };
        AddComparison(["eq", "equalto", "=="], (x, y) => Comparison.AreEqual(x, y));
        AddComparison(["ne", "!="], (x, y) => !Comparison.AreEqual(x, y));
        AddComparison(["lt", "lessthan", "<"], (x, y) => Comparison.Order(x, y, "<") < 0);
        AddComparison(["le", "<="], (x, y) => Comparison.Order(x, y, "<=") <= 0);
        AddComparison(["gt", "greaterthan", ">"], (x, y) => Comparison.Order(x, y, ">") > 0);
        AddComparison(["ge", ">="], (x, y) => Comparison.Order(x, y, ">=") >= 0);
        return tests;

        void AddComparison(string[] names, Func<object?, object?, bool> compare)
        {
            foreach (var name in names) tests.Add(name, (_, v, a) => compare(v, a.BindPositional(name, 1)[0]));
        }
    }

    private static Func<IRenderer, object?, Arguments, bool> Plain(string name, Func<object?, bool> test) => (_, value, arguments) =>
    {
        arguments.BindPositional(name, 0);
        return test(value);
    };

    private static BigInteger? Remainder(object? value, BigInteger divisor)
    {
        if (value is double) throw TemplateException.Unsupported("this test of a float is not supported.");
        var number = Arguments.IntegerOf(value, "this test");
        if (divisor.IsZero) throw TemplateException.Type("division by zero.");
        return BigInteger.Abs(BigInteger.Remainder(number, divisor));
    }

    // Which equal texts and numbers are one object depends on Python's build.
    private static bool Same(object? x, object? y) => (x, y) switch
    {
        (null, null) => true,
        (bool a, bool b) => a == b,
        (null or bool, _) or (_, null or bool) => false,
        _ => ReferenceEquals(x, y) || (x?.GetType() == y?.GetType() ? throw TemplateException.Unsupported("'sameas' with anything but True, False and None is not supported.") : false),
    };
}
