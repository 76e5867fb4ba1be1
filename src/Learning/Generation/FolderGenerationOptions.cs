using Ptune.Learning.Transfer.Language;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Generation;

/// <summary>Prompts for the model of a folder. What is null comes from its generation_config.json, else it is greedy.</summary>
public sealed record FolderGenerationOptions
{
    public required string Folder { get; init; }

    public required IReadOnlyList<GenerationPrompt> Prompts { get; init; }

    /// <summary>Writes conversations; null: the model's own template.</summary>
    public ChatTemplate? Template { get; init; }

    /// <summary>The time that the template sees; null: a template that asks for it is refused.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Texts that end an answer, which ends before them. One that is a control token ends the answer where that token comes.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>A PEFT folder that is hung on the model; null: none.</summary>
    public string? Adapter { get; init; }

    /// <summary>Rewards, or a tuning to emulate, that are added to the model.</summary>
    public CarriedFolders Carried { get; init; } = new();

    /// <summary>0 is greedy.</summary>
    public double? Temperature { get; init; }

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double? RepetitionPenalty { get; init; }

    /// <summary>New tokens at most.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether end tokens end nothing.</summary>
    public bool IgnoreEos { get; init; }

    public long Seed { get; init; }

    /// <summary>What it is computed in: float32 or bfloat16.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>A folder where weights that are stored in another type are kept converted, for the next time and for other processes; null: they are converted in memory.</summary>
    public string? WeightCache { get; init; }

    /// <summary>Whether prompts are text, so that there is text to answer with.</summary>
    internal bool NeedsTokenizer => Prompts.Any(prompt => prompt.Text is not null || prompt.Conversation is not null);

    /// <exception cref="LearningException">The stop strings cannot be looked for.</exception>
    internal void Check()
    {
        if (Stop.Any(stop => stop.Length == 0)) throw new LearningException("A stop string is empty: it would end every answer at once.");
        if (Stop.Count > 0 && Prompts.Any(prompt => prompt.Ids is not null)) throw new LearningException("Stop strings are looked for in text, and prompts of ids are answered with ids only.");
    }
}
