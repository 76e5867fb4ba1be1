using Ptune.Templates;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// From conversations to ids. A control token comes out only where the template itself writes it: one that stands in a message, a tool or a document, or is put together
/// from parts of them, stays text. May be used by several threads.
/// </summary>
/// <param name="folder">The tokenizer and its special tokens.</param>
/// <param name="template">The model's own template, or another.</param>
/// <param name="now">What a template that asks for the time is told; null: it is refused.</param>
public sealed class ChatEncoder(TokenizerFolder folder, ChatTemplate template, DateTimeOffset? now = null)
{
    private readonly ControlTokens _control = new(folder.Tokenizer);

    /// <exception cref="TokenizerException">The template refuses the conversation, or a text in it cannot be encoded.</exception>
    public EncodedChat Encode(Conversation conversation)
    {
        var rendering = Render(conversation);
        return new EncodedChat(rendering.Text, Encode(rendering, out _), null);
    }

    /// <summary>The same, and which ids are an assistant's: what generation blocks write, where the template has them; else what each answer adds to the text before it.</summary>
    /// <exception cref="TokenizerException">As <see cref="Encode(Conversation)"/>; or the answers' places cannot be told.</exception>
    public EncodedChat EncodeForTraining(Conversation conversation)
    {
        var rendering = Render(conversation);
        var answers = rendering.Generated.Count > 0 ? rendering.Generated : AnswerSpans.Find(conversation, rendering.Text, part => Render(part).Text);
        var ids = Encode(rendering, out var control);
        return new EncodedChat(rendering.Text, ids, TokenSpans.Overlapping(folder.Tokenizer, rendering.Text, ids, control, answers));
    }

    private int[] Encode(Rendering rendering, out IReadOnlyList<ControlPlace> control)
    {
        control = _control.Find(rendering);
        return folder.Tokenizer.EncodeGuarded(rendering.Text, control);
    }

    private Rendering Render(Conversation conversation)
    {
        try
        {
            return template.Render(conversation, folder.SpecialTokens, now);
        }
        catch (TemplateException e)
        {
            throw new TokenizerException(e.Fault == TemplateFault.Raised ? $"The chat template refuses the conversation: {e.Message}" : $"The chat template fails: {e.Message}", e);
        }
    }
}
