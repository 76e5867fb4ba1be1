using System.Numerics;
using System.Text;
using Ptune.Templates.Formatting;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Methods;

/// <summary>The methods of str.</summary>
internal static class TextMethods
{
    public static IReadOnlyDictionary<string, Func<IRenderer, Text, Arguments, object?>?> All { get; } = new Dictionary<string, Func<IRenderer, Text, Arguments, object?>?>
    {
        ["upper"] = Plain("upper", Casing.Upper),
        ["lower"] = Plain("lower", Casing.Lower),
        ["title"] = Plain("title", Casing.Title),
        ["capitalize"] = Plain("capitalize", Casing.Capitalize),
        ["swapcase"] = Plain("swapcase", Casing.SwapCase),
        ["casefold"] = null,
        ["strip"] = (_, text, a) => Strip(text, a, "strip", true, true),
        ["lstrip"] = (_, text, a) => Strip(text, a, "lstrip", true, false),
        ["rstrip"] = (_, text, a) => Strip(text, a, "rstrip", false, true),
        ["split"] = (i, text, a) => Split(i, text, a, "split", fromEnd: false),
        ["rsplit"] = (i, text, a) => Split(i, text, a, "rsplit", fromEnd: true),
        ["splitlines"] = (i, text, a) => new ListValue(i.ToList(Splitting.Lines(text, a.Bind("splitlines", [], "keepends")[0] is var keep && keep != Arguments.Missing && Truth.Of(keep)))),
        ["partition"] = (_, text, a) => Splitting.Partition(text, Arguments.TextOf(a.BindPositional("partition", 1)[0], "partition"), fromEnd: false),
        ["rpartition"] = (_, text, a) => Splitting.Partition(text, Arguments.TextOf(a.BindPositional("rpartition", 1)[0], "rpartition"), fromEnd: true),
        ["join"] = (i, text, a) => Joining.Join(i, text, Iteration.Items(a.BindPositional("join", 1)[0]).Select(item => Arguments.TextOf(item, "join"))),
        ["replace"] = Replace,
        ["removeprefix"] = (_, text, a) => Arguments.TextOf(a.BindPositional("removeprefix", 1)[0], "removeprefix") is var p && text.Value.StartsWith(p.Value, StringComparison.Ordinal) ? text.Units(p.Value.Length, text.Value.Length) : text,
        ["removesuffix"] = (_, text, a) => Arguments.TextOf(a.BindPositional("removesuffix", 1)[0], "removesuffix") is var p && text.Value.EndsWith(p.Value, StringComparison.Ordinal) ? text.Units(0, text.Value.Length - p.Value.Length) : text,
        ["startswith"] = (_, text, a) => Searching.Begins(text, a, atEnd: false),
        ["endswith"] = (_, text, a) => Searching.Begins(text, a, atEnd: true),
        ["find"] = (_, text, a) => new BigInteger(Searching.Find(text, a, "find", last: false)),
        ["rfind"] = (_, text, a) => new BigInteger(Searching.Find(text, a, "rfind", last: true)),
        ["index"] = (_, text, a) => Found(Searching.Find(text, a, "index", last: false)),
        ["rindex"] = (_, text, a) => Found(Searching.Find(text, a, "rindex", last: true)),
        ["count"] = (i, text, a) => Searching.Count(i, text, a),
        ["center"] = (i, text, a) => Padding.Apply(i, text, a, "center"),
        ["ljust"] = (i, text, a) => Padding.Apply(i, text, a, "ljust"),
        ["rjust"] = (i, text, a) => Padding.Apply(i, text, a, "rjust"),
        ["zfill"] = (i, text, a) => Padding.ZeroFill(i, text, a),
        ["format"] = (i, text, a) => i.Allocated(BraceFormat.Apply(i, text, a)),
        ["format_map"] = null,
        ["isdigit"] = Every("isdigit", Characters.IsDigit),
        ["isdecimal"] = Every("isdecimal", Characters.IsDecimal),
        ["isnumeric"] = Every("isnumeric", Characters.IsNumeric),
        ["isalpha"] = Every("isalpha", Characters.IsAlpha),
        ["isalnum"] = Every("isalnum", r => Characters.IsAlpha(r) || Characters.IsDecimal(r) || Characters.IsDigit(r) || Characters.IsNumeric(r)),
        ["isspace"] = Every("isspace", r => r.IsBmp && Characters.IsSpace((char)r.Value)),
        ["isascii"] = Asks("isascii", t => Ascii.IsValid(t.Value)),
        ["isprintable"] = Asks("isprintable", t => t.Value.EnumerateRunes().All(Characters.IsPrintable)),
        ["isupper"] = Asks("isupper", IsUpper),
        ["islower"] = Asks("islower", IsLower),
        ["istitle"] = null,
        ["isidentifier"] = null,
        ["encode"] = null,
        ["expandtabs"] = null,
        ["maketrans"] = null,
        ["translate"] = null,
    };

    public static bool IsUpper(Text text) => text.Value.EnumerateRunes().Any(Characters.IsUpper) && !text.Value.EnumerateRunes().Any(r => Characters.IsLower(r) || Characters.IsTitle(r));

    public static bool IsLower(Text text) => text.Value.EnumerateRunes().Any(Characters.IsLower) && !text.Value.EnumerateRunes().Any(r => Characters.IsUpper(r) || Characters.IsTitle(r));

    private static Func<IRenderer, Text, Arguments, object?> Plain(string name, Func<Text, Text> map) => (interpreter, text, arguments) =>
    {
        arguments.BindPositional(name, 0);
        return interpreter.Allocated(map(text));
    };

    private static Func<IRenderer, Text, Arguments, object?> Asks(string name, Func<Text, bool> ask) => (_, text, arguments) =>
    {
        arguments.BindPositional(name, 0);
        return ask(text);
    };

    private static Func<IRenderer, Text, Arguments, object?> Every(string name, Func<Rune, bool> holds) =>
        Asks(name, text => text.Value.Length > 0 && text.Value.EnumerateRunes().All(holds));

    private static Text Strip(Text text, Arguments arguments, string name, bool start, bool end) => Stripping.Strip(text, arguments.BindPositional(name, 0, 1)[0], name, start, end);

    private static ListValue Split(IRenderer interpreter, Text text, Arguments arguments, string name, bool fromEnd)
    {
        var bound = arguments.Bind(name, [], "sep", "maxsplit");
        var separator = bound[0] == Arguments.Missing || bound[0] is null ? null : Arguments.TextOf(bound[0], name);
        var most = bound[1] == Arguments.Missing ? -1 : Arguments.SmallIntegerOf(bound[1], name);
        return new ListValue(interpreter.ToList(Splitting.Split(text, separator?.Value, most, fromEnd)));
    }

    private static Text Replace(IRenderer interpreter, Text text, Arguments arguments)
    {
        var bound = arguments.Bind("replace", ["old", "new"], "count");
        var count = bound[2] == Arguments.Missing ? -1 : Arguments.SmallIntegerOf(bound[2], "replace");
        return Replacing.Replace(interpreter, text, Arguments.TextOf(bound[0], "replace"), Arguments.TextOf(bound[1], "replace"), count);
    }

    private static BigInteger Found(int index) => index >= 0 ? new BigInteger(index) : throw TemplateException.Type("substring not found.");
}
