using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Where and when a job runs. It does not change what the job computes.</summary>
[GenerateSerializer, Alias("ptune.Scheduling")]
public sealed record Scheduling
{
    [Id(0), Description("The pool of workers whose queue the job waits in. Default: default.")]
    public string Pool { get; init; } = "default";

    [Id(1), Range(0, 1000), Description("0 to 1000; the higher goes first, equals in the order of arrival. Default: 100.")]
    public int Priority { get; init; } = 100;

    [Id(2), Range(1, 100), Description("How many tries a job gets when workers fail under it. Default: 5.")]
    public int MaxAttempts { get; init; } = 5;

    [Id(10), Description("What a worker must have to be given the job. Default: any worker of the pool.")]
    public Needs? Needs { get; init; }
}
