using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Generation;

/// <summary>A prompt as tokens, or why it cannot be continued.</summary>
internal sealed record EncodedPrompt(IReadOnlyList<long> Ids, string? Error)
{
    public static EncodedPrompt Of(GenerationPrompt prompt, PromptEncoder? encoder)
    {
        if (prompt.Error is not null) return new([], prompt.Error);
        if (prompt.Ids is { } ids) return new(ids, null);
        try
        {
            return new(encoder!.Encode(prompt), null);
        }
        catch (TokenizerException e)
        {
            return new([], e.Message);
        }
    }
}
