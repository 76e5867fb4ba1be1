using System.Text.Json;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Tokenization;
using Ptune.Templates;
using Ptune.Templates.Chat;
using Rendered = Ptune.Templates.Chat.Conversation;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>The tokenizer and the chat template of a model's folder, for training data: what a record says never becomes a control token.</summary>
internal sealed class FolderEncoder : ITextEncoder, IChatEncoder
{
    private readonly TokenizerFolder _folder;
    private readonly Lazy<ChatEncoder> _chat;
    private readonly Lazy<ControlTokens> _control;

    /// <param name="folder">A model's.</param>
    /// <param name="now">What a template that asks for the time is told; null: it is refused, since equal work has equal bytes.</param>
    /// <param name="template">Stands in for the folder's chat template; null: the folder's own.</param>
    /// <exception cref="TokenizerException">The tokenizer names no token that ends a text.</exception>
    public FolderEncoder(TokenizerFolder folder, DateTimeOffset? now = null, ChatTemplate? template = null)
    {
        _folder = folder;
        _chat = new(() => new ChatEncoder(folder, template ?? folder.Template(), now));
        _control = new(() => new ControlTokens(folder.Tokenizer));
        EndOfText = folder.IdOf("eos_token") ?? throw new TokenizerException("The tokenizer has no eos_token, so a model could not learn where a text ends. Add it to tokenizer_config.json.");
    }

    public int EndOfText { get; }

    public int[] Encode(string text) => _folder.Tokenizer.EncodeText(text);

    public int[] Encode(Rendering rendering, out bool[] generated)
    {
        var control = _control.Value.Find(rendering);
        int[] ids = _folder.Tokenizer.EncodeGuarded(rendering.Text, control);
        generated = TokenSpans.Overlapping(_folder.Tokenizer, rendering.Text, ids, control, rendering.Generated);
        return ids;
    }

    public EncodedExample Encode(IReadOnlyList<Message> messages)
    {
        var json = JsonSerializer.SerializeToElement(new { messages = messages.Select(message => new { role = message.Role, content = message.Content }) });
        var encoded = _chat.Value.EncodeForTraining(Rendered.Parse(json));
        return new EncodedExample(encoded.Ids, encoded.Learned!);
    }
}
