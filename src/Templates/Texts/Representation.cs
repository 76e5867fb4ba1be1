using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>Python's str() and repr().</summary>
internal static class Representation
{
    /// <summary>Python's str(): what printing gives.</summary>
    /// <exception cref="TemplateException">Python's text of the value would name its place in memory, or is not known here.</exception>
    public static Text Of(object? value, Budget budget) => value switch
    {
        Text text => text.AsMarkup(false),
        Undefined => Text.Empty,
        null => new Text("None"),
        bool flag => new Text(flag ? "True" : "False"),
        BigInteger number => new Text(NumberText.Of(number)),
        double number => new Text(NumberText.Of(number)),
        _ => Quoted(value, budget),
    };

    /// <summary>Python's repr(): texts are quoted.</summary>
    public static Text Quoted(object? value, Budget budget)
    {
        var builder = new TextBuilder();
        Write(value, builder, budget);
        return builder.ToText();
    }

    private static void Write(object? value, TextBuilder to, Budget budget)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        budget.Step();
        switch (value)
        {
            case Text { IsMarkup: true }:
                throw TemplateException.Unsupported("the repr() of escaped text is not supported.");
            case Text text:
                to.Append(Quote(text));
                break;
            case Undefined:
                to.Append("Undefined");
                break;
            case ListValue list:
                WriteItems("[", list.Items, "]", to, budget);
                break;
            case TupleValue or GroupValue:
                var items = ((ISequenceValue)value).Items;
                WriteItems("(", items, items.Count == 1 ? ",)" : ")", to, budget);
                break;
            case MapValue map:
                WriteMap(map, to, budget);
                break;
            case RangeValue range:
                to.Append(range.Step.IsOne ? $"range({range.Start}, {range.Stop})" : $"range({range.Start}, {range.Stop}, {range.Step})");
                break;
            case ViewValue view:
                to.Append(view.Name + "(");
                WriteItems("[", view.Items, "]", to, budget);
                to.Append(")");
                break;
            case null or bool or BigInteger or double:
                to.Append(Of(value, budget));
                break;
            default:
                throw TemplateException.Unsupported($"a value of type '{PythonType.Of(value)}' cannot be printed.");
        }
        budget.CheckLength(to.Length);
    }

    private static void WriteItems(string open, IReadOnlyList<object?> items, string close, TextBuilder to, Budget budget)
    {
        to.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) to.Append(", ");
            Write(items[i], to, budget);
        }
        to.Append(close);
    }

    private static void WriteMap(MapValue map, TextBuilder to, Budget budget)
    {
        to.Append("{");
        for (var i = 0; i < map.Count; i++)
        {
            if (i > 0) to.Append(", ");
            Write(map.Entries[i].Key, to, budget);
            to.Append(": ");
            Write(map.Entries[i].Value, to, budget);
        }
        to.Append("}");
    }

    private static Text Quote(Text text)
    {
        var quote = text.Value.Contains('\'', StringComparison.Ordinal) && !text.Value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var builder = new StringBuilder().Append(quote);
        foreach (var rune in text.Value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                var c when c == quote => builder.Append('\\').Append(quote),
                var c when c is < ' ' or 0x7f => builder.Append($"\\x{c:x2}"),
                < 0x7f => builder.Append((char)rune.Value),
                var c when Characters.IsPrintable(rune) => builder.Append(rune),
                var c and <= 0xff => builder.Append($"\\x{c:x2}"),
                var c and <= 0xffff => builder.Append($"\\u{c:x4}"),
                var c => builder.Append($"\\U{c:x8}"),
            };
        }
        return Text.Derived(builder.Append(quote).ToString(), text);
    }
}
