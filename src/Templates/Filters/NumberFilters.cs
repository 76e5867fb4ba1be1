using System.Globalization;
using System.Numerics;
using Ptune.Templates.Formatting;
using Ptune.Templates.Operations;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters of numbers.</summary>
internal static class NumberFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["abs"] = (_, v, a) => a.BindPositional("abs", 0) is null ? null : Numbers.Of(v) switch
        {
            BigInteger number => BigInteger.Abs(number),
            double number => Math.Abs(number),
            _ => throw (v is Undefined undefined ? undefined.Used() : TemplateException.Type($"bad operand type for abs(): '{PythonType.Of(v)}'.")),
        },
        ["int"] = ToInteger,
        ["float"] = ToFloat,
        ["round"] = Round,
        ["filesizeformat"] = FileSize,
    };

    private static object? ToInteger(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("int", [], "default", "base");
        object? fallback = bound[0] == Arguments.Missing ? BigInteger.Zero : bound[0];
        if (bound[1] != Arguments.Missing && Arguments.IntegerOf(bound[1], "int") != 10) throw TemplateException.Unsupported("int with another base than 10 is not supported.");
        switch (value)
        {
            case Undefined undefined:
                throw undefined.Used();
            case bool or BigInteger:
                return Numbers.Of(value);
            case double number:
                return double.IsFinite(number) ? new BigInteger(Math.Truncate(number)) : fallback;
            case Text text:
                if (NumberReading.Integer(text.Value) is { } whole) return whole;
                return NumberReading.Float(text.Value) is { } real && double.IsFinite(real) ? new BigInteger(Math.Truncate(real)) : fallback;
            default:
                return fallback;
        }
    }

    private static object? ToFloat(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("float", [], "default");
        object? fallback = bound[0] == Arguments.Missing ? 0.0 : bound[0];
        return value switch
        {
            Undefined undefined => throw undefined.Used(),
            bool or BigInteger or double => Numbers.ToDouble(Numbers.Of(value)!),
            Text text => NumberReading.Float(text.Value) is { } number ? number : fallback,
            _ => fallback,
        };
    }

    private static object? Round(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("round", [], "precision", "method");
        var precision = bound[0] == Arguments.Missing ? 0 : Arguments.SmallIntegerOf(bound[0], "round");
        var method = bound[1] == Arguments.Missing ? "common" : Arguments.TextOf(bound[1], "round").Value;
        if (method is not ("common" or "ceil" or "floor")) throw TemplateException.Type("round: the method must be common, ceil or floor.");
        if (value is Undefined undefined) throw undefined.Used();
        var number = Numbers.Of(value) ?? throw TemplateException.Type($"round() of a value of type '{PythonType.Of(value)}'.");
        if (method != "common")
        {
            if (Math.Abs(precision) > 22) throw TemplateException.Unsupported("round to so many digits is not supported.");
            var (scaled, scale) = (Arithmetic.Apply(interpreter, "*", number, Arithmetic.Apply(interpreter, "**", new BigInteger(10), new BigInteger(precision))), Math.Pow(10, precision));
            var real = Numbers.ToDouble(scaled!);
            return (method == "ceil" ? Math.Ceiling(real) : Math.Floor(real)) / scale;
        }
        if (number is BigInteger whole) return precision >= 0 ? whole : throw TemplateException.Unsupported("round of an int to tens is not supported.");
        var exact = (double)number;
        if (!double.IsFinite(exact)) return exact;
        if (precision < 0) throw TemplateException.Unsupported("round of a float to tens is not supported.");
        // Correct for the double's exact value, half to even, as Python rounds.
        return precision > 320 ? exact : Math.CopySign(double.Parse(NumberFormat.Fixed(Math.Abs(exact), precision), CultureInfo.InvariantCulture), exact);
    }

    private static Text FileSize(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("filesizeformat", [], "binary");
        var binary = bound[0] != Arguments.Missing && Truth.Of(bound[0]);
        var number = Numbers.Of(value) is { } own ? Numbers.ToDouble(own) : value is Text text && NumberReading.Float(text.Value) is { } read
            ? read
            : throw TemplateException.Type("filesizeformat expects a number.");
        if (!double.IsFinite(number)) throw TemplateException.Type("filesizeformat expects a finite number.");
        double step = binary ? 1024 : 1000;
        if (number == 1) return new Text("1 Byte");
        if (number < step) return new Text($"{new BigInteger(number)} Bytes");
        string[] units = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        var at = 0;
        while (at < units.Length - 1 && number >= Math.Pow(step, at + 2)) at++;
        return new Text($"{NumberFormat.Fixed(step * number / Math.Pow(step, at + 2), 1)} {units[at]}");
    }
}
