using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Cli.Output;

/// <summary>Waits and estimates as people read them.</summary>
internal static class WaitWords
{
    /// <summary>In one line: the position, the rule and the start.</summary>
    public static string Short(WaitView wait, DateTimeOffset now) => $"{Place(wait)}, {WaitRules.Text(wait.Rule)}, {Start(wait, now)}";

    public static string Place(WaitView wait) => $"{Words.Number(wait.Position, "#,0")} of {Words.Number(wait.Queued, "#,0")}";

    public static string Start(WaitView wait, DateTimeOffset now) => wait.EstimatedStart switch
    {
        null => "start unknown",
        { } at when at <= now => "starts now",
        { } at => $"starts in about {Words.Seconds((at - now).TotalSeconds)}",
    };

    /// <summary>Percent, and the time left if it can be estimated.</summary>
    public static string Estimate(ProgressEstimate estimate) =>
        $"{Words.Percent(estimate.Fraction)} %{(estimate.Remaining is { } rest ? $", about {Words.Seconds(rest.TotalSeconds)} left" : "")}";
}
