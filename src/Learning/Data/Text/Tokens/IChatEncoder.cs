using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Conversations to token ids, by the model's chat template.</summary>
internal interface IChatEncoder
{
    /// <summary>The rendered conversation; trained is what the assistant says, with the token that ends its turn.</summary>
    /// <exception cref="Tokenization.TokenizerException">The template cannot render it, or its turns cannot be told apart.</exception>
    EncodedExample Encode(IReadOnlyList<Message> messages);
}
