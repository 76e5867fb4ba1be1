using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Chat;

/// <summary>A chat template: from a conversation to a text, by the rules of transformers' <c>apply_chat_template</c>.</summary>
public sealed class ChatTemplate
{
    // What transformers appends to find the end of the last message again. Its space tells whether the template trims.
    private const string Tag = "CONTINUE_FINAL_MESSAGE_TAG ";

    private readonly Template _template;

    private ChatTemplate(Template template) => _template = template;

    /// <exception cref="TemplateException">It is no template, or uses what is not supported.</exception>
    public static ChatTemplate Parse(string source) => new(Template.Parse(source));

    /// <param name="conversation">What is rendered.</param>
    /// <param name="specialTokens">The tokenizer's special tokens by their names; the conversation's own variables outrank them.</param>
    /// <param name="now">What <c>strftime_now</c> sees; null: a template that asks for the time is refused.</param>
    /// <param name="limits">What the rendering may use; null: <see cref="TemplateLimits.Default"/>.</param>
    /// <exception cref="TemplateException">The template refuses the conversation or fails on it.</exception>
    public Rendering Render(Conversation conversation, IReadOnlyDictionary<string, string> specialTokens, DateTimeOffset? now = null, TemplateLimits? limits = null)
    {
        if (!conversation.ContinueFinalMessage) return Rendering.Of(Run(conversation, null));
        var final = Stripping.Strip(conversation.Final(), null, "strip", start: true, end: true);
        var text = Run(conversation, Text.Data(Tag));
        var at = text.Value.LastIndexOf(Tag.TrimEnd(), StringComparison.Ordinal);
        if (at < 0 || !text.Value.Contains(final.Value, StringComparison.Ordinal)) throw TemplateException.Type("the last message, which is to be gone on with, does not appear in the rendered text: the template leaves it out or changes it.");
        var cut = text.Units(0, at);
        // Where the template trimmed the space behind the tag, it would have trimmed the message's own end, too.
        var keepsSpaces = text.Value.AsSpan(at).StartsWith(Tag, StringComparison.Ordinal);
        return Rendering.Of(keepsSpaces ? cut : Stripping.Strip(cut, null, "rstrip", start: false, end: true));

        Text Run(Conversation given, Text? tag) => _template.Run(
            specialTokens.Select(t => new KeyValuePair<string, object?>(t.Key, new Text(t.Value))).Concat(given.Names(tag)), now, limits);
    }
}
