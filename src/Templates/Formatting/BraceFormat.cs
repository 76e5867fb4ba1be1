using System.Globalization;
using System.Numerics;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Formatting;

/// <summary>str.format().</summary>
internal static class BraceFormat
{
    /// <exception cref="TemplateException">The format is wrong, lacks an argument, or reaches for what may not be reached.</exception>
    public static Text Apply(IRenderer interpreter, Text format, Arguments arguments)
    {
        var to = new TextBuilder();
        var value = format.Value;
        var (automatic, manual) = (0, false);
        for (var i = 0; i < value.Length;)
        {
            var next = value.AsSpan(i).IndexOfAny('{', '}');
            if (next != 0)
            {
                var end = next < 0 ? value.Length : i + next;
                to.Append(format.Units(i, end));
                i = end;
                continue;
            }
            if (i + 1 < value.Length && value[i + 1] == value[i])
            {
                to.Append(format.Units(i, i + 1));
                i += 2;
                continue;
            }
            var close = value[i] == '{' ? value.IndexOf('}', i) : -1;
            if (close < 0) throw TemplateException.Type("a single brace in a format.");
            var field = value[(i + 1)..close];
            if (field.Contains('{', StringComparison.Ordinal)) throw TemplateException.Unsupported("a field inside a field of a format is not supported.");
            to.Append(Field(field));
            interpreter.Budget.CheckLength(to.Length);
            i = close + 1;
        }
        return to.ToText();

        Text Field(string field)
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            var (head, spec) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
            var mark = head.IndexOf('!', StringComparison.Ordinal);
            var (path, conversion) = mark < 0 ? (head, "") : (head[..mark], head[(mark + 1)..]);
            object? argument = conversion switch
            {
                "" => Resolve(path),
                "s" => interpreter.Str(Resolve(path)),
                "r" => Representation.Quoted(Resolve(path), interpreter.Budget),
                _ => throw TemplateException.Unsupported($"the conversion '!{conversion}' of a format is not supported."),
            };
            return One(interpreter, argument, spec);
        }

        object? Resolve(string path)
        {
            var nameEnd = path.AsSpan().IndexOfAny('.', '[') is var at && at < 0 ? path.Length : at;
            var argument = First(path[..nameEnd]);
            for (var rest = path[nameEnd..]; rest.Length > 0;)
            {
                if (rest[0] == '[')
                {
                    var close = rest.IndexOf(']', StringComparison.Ordinal);
                    if (close < 2) throw TemplateException.Type("a format's index is not closed or empty.");
                    var key = rest[1..close];
                    argument = interpreter.Item(argument, int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new BigInteger(number) : new Text(key));
                    rest = rest[(close + 1)..];
                }
                else
                {
                    var end = rest.AsSpan(1).IndexOfAny('.', '[') is var found && found < 0 ? rest.Length : found + 1;
                    var name = rest[1..end];
                    if (name.StartsWith('_')) throw TemplateException.Type($"access to attribute '{name}' is unsafe.");
                    argument = interpreter.OwnAttribute(argument, name);
                    rest = rest[end..];
                }
                if (argument is Undefined undefined) throw undefined.Used();
            }
            return argument;
        }

        object? First(string name)
        {
            if (name.Length == 0)
            {
                if (manual) throw TemplateException.Type("a format cannot number its fields by itself and by hand.");
                return At(automatic++);
            }
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (automatic > 0) throw TemplateException.Type("a format cannot number its fields by itself and by hand.");
                manual = true;
                return At(number);
            }
            var named = arguments.Named.Where(n => n.Key == name).ToArray();
            return named.Length > 0 ? named[0].Value : throw TemplateException.Type($"the format names '{name}', which was not given.");
        }

        object? At(int index) => index < arguments.Positional.Count ? arguments.Positional[index] : throw TemplateException.Type($"the format names argument {index}, which was not given.");
    }

    private static Text One(IRenderer interpreter, object? value, string spec)
    {
        if (spec.Length == 0) return interpreter.Str(value);
        var format = FormatSpec.Parse(spec);
        interpreter.Budget.CheckLength(format.Width);
        return value switch
        {
            Text text => Word(interpreter, Arguments.TextOf(text, "format"), format),
            bool => throw TemplateException.Unsupported("the format of True and False is not supported."),
            BigInteger number when format.Type is not ('e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%') =>
                format.Precision is null ? Number(interpreter, number.Sign < 0, NumberFormat.Whole(BigInteger.Abs(number), format.Type, format.IsAlternate), format) : throw TemplateException.Type("precision is not allowed in the format of an int."),
            BigInteger number => Float(interpreter, Numbers.ToDouble(number), format),
            double number => Float(interpreter, number, format),
            Undefined undefined => throw undefined.Used(),
            _ => throw TemplateException.Type($"unsupported format for a value of type '{PythonType.Of(value)}'."),
        };
    }

    private static Text Float(IRenderer interpreter, double number, FormatSpec format) =>
        Number(interpreter, double.IsNegative(number) && !double.IsNaN(number), NumberFormat.Float(Math.Abs(number), format.Type, format.Precision, format.IsAlternate), format);

    private static Text Word(IRenderer interpreter, Text text, FormatSpec format)
    {
        if (format.Type is not ('\0' or 's') || format.Align == '=' || format.Sign != '-' || format.IsAlternate || format.Grouping != 0)
            throw TemplateException.Type("a format for numbers was used on a text.");
        var kept = format.Precision is { } most && most < text.Length ? text.Units(0, text.UnitOf(most)) : text;
        return Pad(interpreter, kept, format, '<');
    }

    private static Text Number(IRenderer interpreter, bool negative, string digits, FormatSpec format)
    {
        if (format.Grouping != 0)
        {
            if (format.Type is not ('\0' or 'd' or 'f' or 'F' or '%') || digits.Contains('e', StringComparison.Ordinal) || format.Align == '=')
                throw TemplateException.Unsupported("groups of digits in this format are not supported.");
            var whole = digits.TakeWhile(char.IsAsciiDigit).Count();
            for (var at = whole - 3; at > 0; at -= 3) digits = digits.Insert(at, format.Grouping.ToString());
        }
        var sign = negative ? "-" : format.Sign == '-' ? "" : format.Sign.ToString();
        if (format.Align == '=')
        {
            var prefix = format.IsAlternate && digits.Length > 1 && char.IsLetter(digits[1]) ? digits[..2] : "";
            var missing = Math.Max(format.Width - sign.Length - digits.Length, 0);
            return interpreter.Allocated(new Text(sign + prefix + string.Concat(Enumerable.Repeat(format.Fill, missing)) + digits[prefix.Length..]));
        }
        return Pad(interpreter, new Text(sign + digits), format, '>');
    }

    private static Text Pad(IRenderer interpreter, Text text, FormatSpec format, char own)
    {
        var missing = format.Width - text.Length;
        if (missing <= 0) return text;
        interpreter.Budget.Allocate(format.Width);
        var left = (format.Align == '\0' ? own : format.Align) switch { '<' => 0, '>' => missing, _ => missing / 2 };
        var fill = format.Fill;
        return new TextBuilder().Append(string.Concat(Enumerable.Repeat(fill, left))).Append(text).Append(string.Concat(Enumerable.Repeat(fill, missing - left))).ToText();
    }
}
