namespace Ptune.Templates;

/// <summary>What one rendering may use. All but <see cref="Time"/> stop at the same place on every machine.</summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Expressions and statements evaluated. Default: 5 million, a few seconds of work; a conversation of 10,000 messages uses about a tenth.</summary>
    public long Steps { get; init; } = 5_000_000;

    /// <summary>UTF-16 units of all texts made, plus 8 for each list entry. Default: 512 Mi; a conversation of a megabyte uses some tens.</summary>
    public long Allocation { get; init; } = 512L << 20;

    /// <summary>UTF-16 units of one text, entries of one list. Default: 32 Mi.</summary>
    public int Length { get; init; } = 32 << 20;

    /// <summary>Calls, blocks and expressions inside each other. Default: 250, about what Python's own limit on recursion allows.</summary>
    public int Depth { get; init; } = 250;

    /// <summary>A last resort where a step is slow. Default: 30 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);
}
