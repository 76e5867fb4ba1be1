using System.Text.Json;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Tokenization;
using Rendered = Ptune.Templates.Chat.Conversation;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>The tokenizer and the chat template of a model's folder, for training data: what a record says never becomes a control token.</summary>
internal sealed class FolderEncoder : ITextEncoder, IChatEncoder
{
    private readonly TokenizerFolder _folder;
    private readonly Lazy<ChatEncoder> _chat;

    /// <param name="folder">A model's.</param>
    /// <param name="now">What a template that asks for the time is told; null: it is refused, since equal work has equal bytes.</param>
    /// <exception cref="TokenizerException">The tokenizer names no token that ends a text.</exception>
    public FolderEncoder(TokenizerFolder folder, DateTimeOffset? now = null)
    {
        _folder = folder;
        _chat = new(() => new ChatEncoder(folder, folder.Template(), now));
        EndOfText = folder.IdOf("eos_token") ?? throw new TokenizerException("The tokenizer has no eos_token, so a model could not learn where a text ends. Add it to tokenizer_config.json.");
    }

    public int EndOfText { get; }

    public int[] Encode(string text) => _folder.Tokenizer.EncodeText(text);

    public EncodedExample Encode(IReadOnlyList<Message> messages)
    {
        var json = JsonSerializer.SerializeToElement(new { messages = messages.Select(message => new { role = message.Role, content = message.Content }) });
        var encoded = _chat.Value.EncodeForTraining(Rendered.Parse(json));
        return new EncodedExample(encoded.Ids, encoded.Learned!);
    }
}
