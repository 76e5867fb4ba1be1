using System.Text;
using System.Text.RegularExpressions;
using Ptune.Templates.Operations;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>Filters for HTML.</summary>
internal static partial class MarkupFilters
{
    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } = new Dictionary<string, Func<IRenderer, object?, Arguments, object?>>
    {
        ["safe"] = (i, v, a) => a.BindPositional("safe", 0) is not null ? (v is Text text ? text : i.Str(v)).AsMarkup(true) : null,
        ["escape"] = (i, v, a) => a.BindPositional("escape", 0) is not null ? Escape(i, v) : null,
        ["e"] = (i, v, a) => a.BindPositional("e", 0) is not null ? Escape(i, v) : null,
        ["striptags"] = (i, v, a) => a.BindPositional("striptags", 0) is not null ? i.Allocated(StripTags(v is Text text ? text.AsMarkup(false) : i.Str(v))) : null,
        ["xmlattr"] = Attributes,
    };

    private static Text Escape(IRenderer interpreter, object? value)
    {
        if (value is Text { IsMarkup: true } done) return done;
        var text = interpreter.Str(value);
        var to = new TextBuilder();
        var start = 0;
        for (var i = 0; i < text.Value.Length; i++)
        {
            if (Entity(text.Value[i]) is not { } entity) continue;
            to.Append(text.Units(start, i)).Append(Text.Derived(entity, text.Units(i, i + 1)));
            start = i + 1;
        }
        return interpreter.Allocated(to.Append(text.Units(start, text.Value.Length)).ToText().AsMarkup(true));
    }

    private static string? Entity(char c) => c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '\'' => "&#39;", '"' => "&#34;", _ => null };

    private static Text StripTags(Text text)
    {
        var value = Tag().Replace(Comment().Replace(text.Value, ""), "");
        var words = Splitting.Split(new Text(value), null, -1, fromEnd: false).Select(word => word.Value);
        var joined = string.Join(' ', words);
        foreach (Match entity in AnyEntity().Matches(joined))
            if (entity.Value is not ("&amp;" or "&lt;" or "&gt;" or "&quot;" or "&#39;" or "&#34;")) throw TemplateException.Unsupported($"the entity '{entity.Value}' in striptags is not supported.");
        var plain = new StringBuilder(joined).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&#39;", "'").Replace("&#34;", "\"").Replace("&amp;", "&");
        return Text.Derived(plain.ToString(), text);
    }

    private static Text Attributes(IRenderer interpreter, object? value, Arguments arguments)
    {
        var autospace = arguments.Bind("xmlattr", [], "autospace")[0] is var given && (given == Arguments.Missing || Truth.Of(given));
        if (value is not MapValue map) throw (value is Undefined undefined ? undefined.Used() : TemplateException.Type("xmlattr expects a mapping."));
        var to = new TextBuilder();
        foreach (var (key, item) in map.Entries.Where(e => e.Value is not (null or Undefined)))
        {
            var name = Arguments.TextOf(key, "xmlattr");
            if (name.Value.Any(c => Characters.IsSpace(c) || c is '/' or '>' or '=')) throw TemplateException.Type("xmlattr: a name holds a character that no attribute's name may.");
            if (to.Length > 0 || autospace) to.Append(" ");
            to.Append(Escape(interpreter, name).AsMarkup(false)).Append("=\"").Append(Escape(interpreter, item).AsMarkup(false)).Append("\"");
        }
        return interpreter.Allocated(to.ToText());
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("<.*?>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("&[#a-zA-Z0-9]+;?")]
    private static partial Regex AnyEntity();
}
