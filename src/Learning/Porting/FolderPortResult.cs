namespace Ptune.Learning.Porting;

/// <summary>What was written.</summary>
public sealed record FolderPortResult
{
    public required string Folder { get; init; }

    /// <summary>The base's.</summary>
    public required string Family { get; init; }

    /// <summary>How many rewards are beside it.</summary>
    public required int Rewards { get; init; }

    /// <summary>Of all files.</summary>
    public required long Bytes { get; init; }

    /// <summary>What works, but is worth a sentence.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
