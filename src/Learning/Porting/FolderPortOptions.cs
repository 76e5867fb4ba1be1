using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Porting;

/// <summary>A model and the rewards that are put beside it.</summary>
public sealed record FolderPortOptions
{
    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>The rewards, with the sources of those that are LoRA.</summary>
    public required CarriedFolders Carried { get; init; }

    /// <summary>What people call the model and each reward; null: by their folders.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The folder that is written; it must not exist, or be empty.</summary>
    public required string Target { get; init; }

    /// <summary>What a LoRA reward's weights are stored in after it is merged with its source: float32, bfloat16 or float16. The other files are copied as they are.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>The files are nobody's: they get a second name in the target where the file system has links, in place of a copy.</summary>
    public bool MayLink { get; init; }
}
