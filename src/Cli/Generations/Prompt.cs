namespace Ptune.Cli.Generations;

/// <summary>One prompt of a generation, or why it is none.</summary>
internal sealed record Prompt
{
    public string? Text { get; init; }

    /// <summary>A conversation as JSON.</summary>
    public string? Conversation { get; init; }

    public int[]? Ids { get; init; }

    /// <summary>Why it cannot be sent; null: it can.</summary>
    public string? Error { get; init; }
}
