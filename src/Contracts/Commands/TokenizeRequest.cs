namespace Ptune.Contracts.Commands;

/// <summary><c>ptune tokenize</c>: exactly one of <see cref="File"/> and <see cref="Messages"/> is given.</summary>
public sealed record TokenizeRequest
{
    public const string Name = "tokenize";

    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>JSON Lines of texts, or of ids with <see cref="Decode"/>; <c>-</c>: standard input.</summary>
    public string? File { get; init; }

    /// <summary>JSON Lines of conversations; <c>-</c>: standard input.</summary>
    public string? Messages { get; init; }

    /// <summary>A file with the chat template. Default: the model's own.</summary>
    public string? Template { get; init; }

    /// <summary>The time that the template sees, as ISO 8601. Default: none; a template that asks for the time is refused.</summary>
    public string? Now { get; init; }

    /// <summary>Leaves out the tokens that the tokenizer adds around a text.</summary>
    public bool NoSpecial { get; init; }

    /// <summary>From ids to text.</summary>
    public bool Decode { get; init; }

    /// <summary>JSON Lines instead of lines for people.</summary>
    public bool Json { get; init; }
}
