using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Formatting;

/// <summary>Python's <c>format % values</c>.</summary>
internal static partial class PercentFormat
{
    /// <exception cref="TemplateException">The format does not fit the values.</exception>
    public static Text Apply(IRenderer interpreter, Text format, object? values)
    {
        var items = values is TupleValue tuple ? tuple.Items : [values];
        var taken = 0;
        var named = false;
        var to = new TextBuilder();
        var value = format.Value;
        for (var i = 0; i < value.Length;)
        {
            var next = value.IndexOf('%', i);
            to.Append(format.Units(i, next < 0 ? value.Length : next));
            if (next < 0) break;
            var match = Field().Match(value, next);
            if (!match.Success) throw TemplateException.Type("a format's field is not complete or not known.");
            i = next + match.Length;
            if (match.Groups["type"].Value == "%")
            {
                if (match.Length > 2) throw TemplateException.Unsupported("'%%' with a width is not supported.");
                to.Append("%");
                continue;
            }
            to.Append(One(interpreter, match, () => Take(match)));
            interpreter.Budget.CheckLength(to.Length);
        }
        // What can be indexed counts as a mapping, of which a format need not use all.
        if (!named && taken < items.Count && values is not (MapValue or ListValue or RangeValue or Undefined))
            throw TemplateException.Type("not all arguments converted during string formatting.");
        return to.ToText();

        object? Take(Match match)
        {
            if (match.Groups["name"].Success)
            {
                if (values is not MapValue map) throw TemplateException.Type("format requires a mapping.");
                named = true;
                return map.TryGet(new Text(match.Groups["name"].Value), out var own) ? own : throw TemplateException.Type($"the format names '{match.Groups["name"].Value}', which is not there.");
            }
            return taken < items.Count ? items[taken++] : throw TemplateException.Type("not enough arguments for format string.");
        }
    }

    private static Text One(IRenderer interpreter, Match match, Func<object?> take)
    {
        if (match.Groups["width"].Value == "*" || match.Groups["precision"].Value == "*") throw TemplateException.Unsupported("'*' in a format is not supported.");
        var (flags, type) = (match.Groups["flags"].Value, match.Groups["type"].Value[0]);
        var width = Number(match.Groups["width"].Value) ?? 0;
        var precision = match.Groups["point"].Success ? Number(match.Groups["precision"].Value) ?? 0 : (int?)null;
        interpreter.Budget.CheckLength(Math.Max(width, precision ?? 0));
        var argument = take();
        if (type is 's' or 'r')
        {
            var text = type == 's' ? interpreter.Str(argument) : Representation.Quoted(argument, interpreter.Budget);
            if (precision < text.Length) text = text.Units(0, text.UnitOf(precision.Value));
            return Padding.Apply(interpreter, text, width, flags.Contains('-', StringComparison.Ordinal) ? "ljust" : "rjust", new Text(" "));
        }
        if (argument is Undefined undefined) throw undefined.Used();
        if (type == 'c' && argument is Text { Length: 1 } letter) return Padding.Apply(interpreter, letter, width, flags.Contains('-', StringComparison.Ordinal) ? "ljust" : "rjust", new Text(" "));
        var number = Numbers.Of(argument) ?? throw TemplateException.Type($"%{type} format: a real number is required, not {PythonType.Of(argument)}.");
        return Sign(interpreter, number, type, flags, width, precision);
    }

    private static Text Sign(IRenderer interpreter, object number, char type, string flags, int width, int? precision)
    {
        string digits;
        bool negative;
        if (type is 'd' or 'i' or 'u' or 'x' or 'X' or 'o')
        {
            if (number is double && type is 'x' or 'X' or 'o') throw TemplateException.Type($"%{type} format: an integer is required, not float.");
            if (number is double real && !double.IsFinite(real)) throw TemplateException.Type("cannot convert a float that is not finite to an int.");
            var whole = number is double fraction ? new BigInteger(Math.Truncate(fraction)) : (BigInteger)number;
            negative = whole.Sign < 0;
            digits = NumberFormat.Whole(BigInteger.Abs(whole), type, flags.Contains('#', StringComparison.Ordinal));
            if (precision is { } least) digits = digits.PadLeft(least, '0');
        }
        else if (type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G')
        {
            var real = Numbers.ToDouble(number);
            negative = double.IsNegative(real) && !double.IsNaN(real);
            digits = NumberFormat.Float(Math.Abs(real), type, precision, flags.Contains('#', StringComparison.Ordinal));
        }
        else throw TemplateException.Unsupported($"the format '%{type}' is not supported.");
        var sign = negative ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";
        interpreter.Budget.Allocate(width);
        if (flags.Contains('-', StringComparison.Ordinal)) return new Text((sign + digits).PadRight(width));
        if (!flags.Contains('0', StringComparison.Ordinal)) return new Text((sign + digits).PadLeft(width));
        if (flags.Contains('#', StringComparison.Ordinal)) throw TemplateException.Unsupported("'#' and '0' together in a format are not supported.");
        return new Text(sign + digits.PadLeft(Math.Max(width - sign.Length, 0), '0'));
    }

    private static int? Number(string digits)
    {
        if (digits.Length == 0) return null;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new TemplateException(TemplateFault.Limit, "a format asks for too many characters.");
    }

    [GeneratedRegex(@"\G%(?:\((?<name>[^()]*)\))?(?<flags>[-+ #0]*)(?<width>\*|[0-9]*)(?<point>\.(?<precision>\*|[0-9]*))?[hlL]?(?<type>[a-zA-Z%])")]
    private static partial Regex Field();
}
