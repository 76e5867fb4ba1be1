namespace Ptune.Learning.Merging;

/// <summary>The merged model that was written.</summary>
public sealed record FolderMergeResult
{
    public required string Folder { get; init; }

    public required string Family { get; init; }

    /// <summary>The types that the weights are stored in.</summary>
    public required IReadOnlyList<string> Dtypes { get; init; }

    /// <summary>Of the weights.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many files the weights are in.</summary>
    public required int WeightFiles { get; init; }

    /// <summary>What works, but is worth a sentence.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
