namespace Ptune.Learning.Importing;

/// <summary>A Hugging Face folder that becomes an artifact.</summary>
public sealed record ModelImportOptions
{
    public required string Folder { get; init; }

    /// <summary>The artifact's folder: it must not exist or be empty, or be <see cref="Folder"/> itself, whose files then stay.</summary>
    public required string Target { get; init; }

    /// <summary>Leaves the files where they lie, on a path that every worker sees, and notes their digests.</summary>
    public bool ByReference { get; init; }

    /// <summary>The licence where the folder's README.md does not say it.</summary>
    public string? Licence { get; init; }

    /// <summary>Takes an encoder without a classification head, too, which tuning then gives one.</summary>
    public bool WithoutHead { get; init; }
}
