using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>Python's json.dumps, which <c>tojson</c> is in chat templates: without escapes for HTML.</summary>
internal sealed class JsonText
{
    private readonly Budget _budget;
    private readonly bool _asciiOnly;
    private readonly string? _indent;
    private readonly Text _itemSeparator;
    private readonly Text _keySeparator;
    private readonly bool _sortKeys;
    private readonly TextBuilder _to = new();

    /// <param name="budget">What may be used.</param>
    /// <param name="asciiOnly">Other characters become escapes.</param>
    /// <param name="indent">What one level is indented by; null: all on one line.</param>
    /// <param name="separators">Between items, and between a key and its value; null: Python's choice for the indent.</param>
    /// <param name="sortKeys">Keys in order.</param>
    public JsonText(Budget budget, bool asciiOnly, string? indent, (Text Item, Text Key)? separators, bool sortKeys)
    {
        _budget = budget;
        _asciiOnly = asciiOnly;
        _indent = indent;
        (_itemSeparator, _keySeparator) = separators ?? (new Text(indent is null ? ", " : ","), new Text(": "));
        _sortKeys = sortKeys;
    }

    /// <exception cref="TemplateException">The value has no form in JSON.</exception>
    public Text Of(object? value)
    {
        Write(value, 0);
        return _to.ToText();
    }

    private void Write(object? value, int level)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _budget.Step();
        _ = value switch
        {
            null => _to.Append("null"),
            bool flag => _to.Append(flag ? "true" : "false"),
            BigInteger number => _to.Append(NumberText.Of(number)),
            double number => _to.Append(Float(number)),
            Text text => _to.Append(Quote(text)),
            ISequenceValue sequence => Items("[", "]", sequence.Items, level, item => Write(item, level + 1)),
            MapValue map => Items("{", "}", Entries(map), level, entry => Entry(entry, level + 1)),
            _ => throw TemplateException.Type($"Object of type {PythonType.Of(value)} is not JSON serializable."),
        };
        _budget.CheckLength(_to.Length);
    }

    private void Entry(KeyValuePair<Text, object?> entry, int level)
    {
        _to.Append(Quote(entry.Key)).Append(_keySeparator);
        Write(entry.Value, level);
    }

    private TextBuilder Items<T>(string open, string close, IReadOnlyList<T> items, int level, Action<T> write)
    {
        _to.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) _to.Append(_itemSeparator);
            NewLine(level + 1);
            write(items[i]);
        }
        if (items.Count > 0) NewLine(level);
        return _to.Append(close);
    }

    private void NewLine(int level)
    {
        if (_indent is null) return;
        _budget.Allocate((long)_indent.Length * level);
        _to.Append("\n");
        for (var i = 0; i < level; i++) _to.Append(_indent);
    }

    private List<KeyValuePair<Text, object?>> Entries(MapValue map)
    {
        IEnumerable<KeyValuePair<object?, object?>> entries = map.Entries;
        if (_sortKeys) entries = entries.Order(Comparer<KeyValuePair<object?, object?>>.Create((a, b) => Comparison.Order(a.Key, b.Key, "<") ?? 0));
        return [.. entries.Select(e => new KeyValuePair<Text, object?>(Key(e.Key), e.Value))];
    }

    private static Text Key(object? key) => key switch
    {
        Text text => text,
        null => new Text("null"),
        bool flag => new Text(flag ? "true" : "false"),
        BigInteger number => new Text(NumberText.Of(number)),
        double number => new Text(Float(number)),
        _ => throw TemplateException.Type($"keys must be str, int, float, bool or None, not {PythonType.Of(key)}."),
    };

    private static string Float(double number) => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : NumberText.Of(number);

    private Text Quote(Text text)
    {
        if (text.Value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && text.Value.AsSpan().IndexOfAny('"', '\\') < 0)
            return new TextBuilder().Append("\"").Append(text.AsMarkup(false)).Append("\"").ToText();
        var builder = new StringBuilder(text.Value.Length + 2).Append('"');
        foreach (var c in text.Value)
        {
            _ = c switch
            {
                '"' => builder.Append("\\\""),
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                '\f' => builder.Append("\\f"),
                '\b' => builder.Append("\\b"),
                < ' ' => builder.Append($"\\u{(int)c:x4}"),
                > '~' when _asciiOnly => builder.Append($"\\u{(int)c:x4}"),
                _ => builder.Append(c),
            };
        }
        _budget.Allocate(builder.Length);
        return Text.Derived(builder.Append('"').ToString(), text);
    }
}
