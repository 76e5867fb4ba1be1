using System.Numerics;
using System.Text;
using Ptune.Templates.Formatting;
using Ptune.Templates.Methods;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters of texts.</summary>
internal static class TextFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["upper"] = Plain("upper", Casing.Upper),
        ["lower"] = Plain("lower", Casing.Lower),
        ["capitalize"] = Plain("capitalize", Casing.Capitalize),
        ["title"] = Plain("title", Title),
        ["trim"] = (i, v, a) => i.Allocated(Stripping.Strip(Soft(i, v, "trim"), a.Bind("trim", [], "chars")[0], "trim", true, true)),
        ["string"] = (i, v, a) => a.BindPositional("string", 0) is not null && v is Text ? v : i.Str(v),
        ["replace"] = Replace,
        ["format"] = Format,
        ["wordcount"] = (i, v, a) => a.BindPositional("wordcount", 0) is not null ? WordCount(Soft(i, v, "wordcount")) : null,
        ["urlencode"] = (i, v, a) => a.BindPositional("urlencode", 0) is not null ? i.Allocated(UrlEncode(i, v)) : null,
        ["tojson"] = ToJson,
        ["pprint"] = Pretty,
    };

    /// <summary>The value as a text; text that was escaped is refused.</summary>
    public static Text Soft(IRenderer interpreter, object? value, string filter) => value is Text text ? Arguments.TextOf(text, filter) : interpreter.Str(value);

    private static Func<IRenderer, object?, Arguments, object?> Plain(string name, Func<Text, Text> map) => (interpreter, value, arguments) =>
    {
        arguments.BindPositional(name, 0);
        return interpreter.Allocated(map(Soft(interpreter, value, name)));
    };

    // Jinja's own: words begin behind white space and opening brackets, and not behind an apostrophe.
    private static Text Title(Text text)
    {
        var to = new TextBuilder();
        var start = 0;
        while (start < text.Value.Length)
        {
            var end = start;
            while (end < text.Value.Length && IsBreak(text.Value[end]) == IsBreak(text.Value[start])) end++;
            var word = text.Units(start, end);
            var first = word.CodePointAt(0);
            to.Append(Casing.Upper(first)).Append(Casing.Lower(word.Units(first.Value.Length, word.Value.Length)));
            start = end;
        }
        return to.ToText();

        static bool IsBreak(char c) => c is '-' or '(' or '{' or '[' or '<' || Characters.IsSpace(c);
    }

    private static Text Replace(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("replace", ["old", "new"], "count");
        var count = bound[2] == Arguments.Missing || bound[2] is null ? -1 : Arguments.SmallIntegerOf(bound[2], "replace");
        return Replacing.Replace(interpreter, interpreter.Str(value), interpreter.Str(bound[0]), interpreter.Str(bound[1]), count);
    }

    private static Text Format(IRenderer interpreter, object? value, Arguments arguments)
    {
        var format = Soft(interpreter, value, "format");
        if (arguments.Named.Count == 0) return interpreter.Allocated(PercentFormat.Apply(interpreter, format, new TupleValue(arguments.Positional)));
        if (arguments.Positional.Count > 0) throw TemplateException.Type("format takes its values by place or by name, not both.");
        var map = new MapValue();
        foreach (var (name, named) in arguments.Named) map.Set(new Text(name), named);
        return interpreter.Allocated(PercentFormat.Apply(interpreter, format, map));
    }

    private static BigInteger WordCount(Text text)
    {
        var count = 0;
        var inside = false;
        foreach (var rune in text.Value.EnumerateRunes())
        {
            var isWord = Characters.IsWord(rune);
            if (isWord && !inside) count++;
            inside = isWord;
        }
        return new BigInteger(count);
    }

    private static Text UrlEncode(IRenderer interpreter, object? value)
    {
        if (value is Text || Iteration.TryItems(value) is not { } items) return Quote(interpreter.Str(value), isQuery: false);
        var pairs = value is MapValue map ? Methods.MapMethods.Pairs(map) : items;
        return Joining.Join(interpreter, new Text("&"), interpreter.ToList(pairs).Select(pair =>
        {
            var both = interpreter.ToList(Iteration.Items(pair));
            if (both.Count != 2) throw TemplateException.Type("urlencode expects pairs.");
            return new TextBuilder().Append(Quote(interpreter.Str(both[0]), isQuery: true)).Append("=").Append(Quote(interpreter.Str(both[1]), isQuery: true)).ToText();
        }));
    }

    private static Text Quote(Text text, bool isQuery)
    {
        var to = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(text.Value))
        {
            var c = (char)unit;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' || (c == '/' && !isQuery)) to.Append(c);
            else if (c == ' ' && isQuery) to.Append('+');
            else to.Append($"%{unit:X2}");
        }
        return Text.Derived(to.ToString(), text);
    }

    private static Text ToJson(IRenderer interpreter, object? value, Arguments arguments)
    {
        var bound = arguments.Bind("tojson", [], "ensure_ascii", "indent", "separators", "sort_keys");
        var indent = bound[1] switch
        {
            null => null,
            Text text => Arguments.TextOf(text, "tojson").Value,
            var missing when missing == Arguments.Missing => null,
            var width => Spaces(interpreter, Arguments.SmallIntegerOf(width, "tojson")),
        };
        return interpreter.Allocated(new JsonText(interpreter.Budget, Flag(bound[0]), indent, Separators(interpreter, bound[2]), Flag(bound[3])).Of(value));

        static bool Flag(object? flag) => flag != Arguments.Missing && Truth.Of(flag);
    }

    private static string Spaces(IRenderer interpreter, int width)
    {
        interpreter.Budget.Allocate(Math.Max(width, 0));
        return new string(' ', Math.Max(width, 0));
    }

    private static (Text Item, Text Key)? Separators(IRenderer interpreter, object? value)
    {
        if (value is null || value == Arguments.Missing) return null;
        var both = interpreter.ToList(Iteration.Items(value));
        return both.Count == 2 ? (Arguments.TextOf(both[0], "tojson"), Arguments.TextOf(both[1], "tojson")) : throw TemplateException.Type("tojson: separators are two texts.");
    }

    // Python's pprint breaks what is long and sorts keys: only what stays on one line is known here.
    private static Text Pretty(IRenderer interpreter, object? value, Arguments arguments)
    {
        arguments.BindPositional("pprint", 0);
        var isFlat = value is null or bool or BigInteger or double || (value is ISequenceValue sequence && sequence.Items.All(item => item is null or bool or BigInteger or double));
        var text = isFlat ? Representation.Quoted(value, interpreter.Budget) : null;
        return text is { Length: < 80 } ? text : throw TemplateException.Unsupported("pprint of this value is not supported.");
    }
}
