using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Where and when a job runs. It does not change what the job computes.</summary>
[GenerateSerializer, Alias("ptune.Scheduling")]
public sealed record Scheduling
{
    /// <summary>The pool of a spec that names none.</summary>
    public const string DefaultPool = "default";

    [Id(0), Description("The pool of workers whose queue the job waits in. Default: default.")]
    public string Pool { get; init; } = DefaultPool;

    [Id(1), Range(0, 1000), Description("0 to 1000; the higher goes first, equals in the order of arrival. Default: 100.")]
    public int Priority { get; init; } = 100;

    [Id(2), Range(1, 100), Description("How many attempts may fail for the same cause without progress between them; the server has a limit for each cause, and the smaller counts. Default: 5.")]
    public int MaxAttempts { get; init; } = 5;

    [Id(3), RegularExpression(Durations.Form), Description("How long the job may take from its first start, with its waits between attempts, before it fails: a number and s, m, h or d. A resume after a suspension starts the time anew. Default: null, as long as it needs.")]
    public string? ActiveDeadline { get; init; }

    [Id(4), RegularExpression(Durations.Form), Description("How long after its end the job is kept in listings: a number and s, m, h or d. Its artifact stays, and equal work finds it; a study keeps its own row. Default: null, for good.")]
    public string? TtlAfterFinished { get; init; }

    [Id(5), MaxLength(LogRule.MaxRules), Description("What a known line among the last ones of a failed attempt's log means; the first rule that matches counts, and at most 20 are given. Default: null, none.")]
    public LogRule[]? LogRules { get; init; }

    [Id(10), Description("What a worker must have to be given the job. Default: any worker of the pool.")]
    public Needs? Needs { get; init; }
}
