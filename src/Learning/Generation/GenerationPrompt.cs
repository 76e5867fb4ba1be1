using Ptune.Templates.Chat;

namespace Ptune.Learning.Generation;

/// <summary>What is continued: exactly one of its members is set.</summary>
public sealed record GenerationPrompt
{
    /// <summary>Tokens, taken as they are.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>A text. Control tokens written out in it are recognised, and the tokenizer puts around it what it puts around every text.</summary>
    public string? Text { get; init; }

    /// <summary>A conversation, written by the chat template, which alone puts anything around it. Control tokens written out in its contents stay text.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>Why there is nothing to continue: it becomes the answer's error.</summary>
    public string? Error { get; init; }

    public static GenerationPrompt OfIds(params IReadOnlyList<long> ids) => new() { Ids = ids };
}
