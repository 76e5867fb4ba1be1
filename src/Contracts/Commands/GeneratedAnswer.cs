namespace Ptune.Contracts.Commands;

/// <summary>The answer to one prompt: a line of a generation's file, and of <c>ptune generate -o json</c>.</summary>
public sealed record GeneratedAnswer
{
    public IReadOnlyList<long>? PromptIds { get; init; }

    /// <summary>The new tokens only, an end token included; null: the prompt was refused.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Without control tokens, ended before a stop string; null: the prompt was refused, or was ids.</summary>
    public string? Text { get; init; }

    /// <summary>eos, length or stop; null: the prompt was refused.</summary>
    public string? Finish { get; init; }

    /// <summary>Null: not measured for this prompt.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Why the prompt was refused; null: it was not.</summary>
    public string? Error { get; init; }
}
