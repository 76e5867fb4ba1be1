namespace Ptune.Learning.Importing;

/// <summary>A PEFT folder that becomes an artifact.</summary>
public sealed record PatchImportOptions
{
    public required string Folder { get; init; }

    /// <summary>The folder of the model that it belongs to: a Hugging Face folder, or an imported model's artifact.</summary>
    public required string Base { get; init; }

    /// <summary>What the base is called here. An adapter that names another base is imported, with a note.</summary>
    public IReadOnlyList<string> BaseNames { get; init; } = [];

    /// <summary><see cref="ModelFacts.Weights"/> of the base, where it is known; null: all of its weights are read.</summary>
    public string? BaseWeights { get; init; }

    /// <summary>The artifact's folder: it must not exist, or be empty.</summary>
    public required string Target { get; init; }
}
