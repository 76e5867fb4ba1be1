namespace Ptune.Learning.Checks;

/// <summary>What a folder is, for a person to read.</summary>
internal sealed record FolderFacts
{
    public required string Family { get; init; }

    /// <summary>Numbers that are stored; tied ones count once.</summary>
    public required long Parameters { get; init; }

    /// <summary>The types that the weights are stored in, in Hugging Face's words, most numbers first.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>So many tokens the model was made for; null: it reads no text.</summary>
    public long? Context { get; init; }

    /// <summary>"49152 tokens", "3 labels: negative, neutral, positive".</summary>
    public required string OutputSpace { get; init; }

    /// <summary>Entries of the tokenizer; null: the folder has none.</summary>
    public int? TokenizerEntries { get; init; }

    public required bool HasChatTemplate { get; init; }

    /// <summary>From README.md's front matter; null: it does not say.</summary>
    public string? Licence { get; init; }
}
