namespace Ptune.Learning.Generation;

/// <summary>The answer to one prompt, or why there is none.</summary>
public sealed record FolderAnswer
{
    public required IReadOnlyList<long> PromptIds { get; init; }

    /// <summary>The new tokens only, an end token included; null: the prompt was refused.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The text of <see cref="Ids"/> without control tokens, ended before a stop string; null: the prompt was refused, or was ids.</summary>
    public string? Text { get; init; }

    /// <summary>eos, length or stop; null: the prompt was refused.</summary>
    public string? Finish { get; init; }

    public double? TokensPerSecond { get; init; }

    /// <summary>Why the prompt was refused; null: it was not.</summary>
    public string? Error { get; init; }
}
