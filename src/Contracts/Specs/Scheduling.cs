using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Where and when a job runs. It does not change what the job computes.</summary>
[GenerateSerializer, Alias("ptune.Scheduling")]
public sealed record Scheduling
{
    /// <summary>The pool of a spec that names none.</summary>
    public const string DefaultPool = "default";

    [Id(0), Description("The pool of workers that runs the job. Default: default.")]
    public string Pool { get; init; } = DefaultPool;

    [Id(1), Range(0, 1000), Description("0 to 1000; higher priorities run first, equal ones in order of arrival. Default: 100.")]
    public int Priority { get; init; } = 100;

    [Id(2), Range(1, 100), Description("How many attempts may fail for the same cause without progress in between; the server has its own limit for each cause, and the smaller one applies. Default: 5.")]
    public int MaxAttempts { get; init; } = 5;

    [Id(3), RegularExpression(Durations.Form), Description("How long the job may take from its first start, waits between attempts included, before it fails: a number and s, m, h or d. Resuming a suspended job restarts the clock. Default: null, unlimited.")]
    public string? ActiveDeadline { get; init; }

    [Id(4), RegularExpression(Durations.Form), Description("How long a finished job stays in listings: a number and s, m, h or d. Its artifact stays in the store, and equal work still finds it; a study keeps its own row. Default: null, for ever.")]
    public string? TtlAfterFinished { get; init; }

    [Id(5), MaxLength(LogRule.MaxRules), Description("What a known line near the end of a failed attempt's log means; at most 20 rules, of which the first that matches applies. Default: null, none.")]
    public LogRule[]? LogRules { get; init; }

    [Id(10), Description("What a worker must have to get the job. Default: any worker of the pool.")]
    public Needs? Needs { get; init; }
}
