using System.Text.RegularExpressions;
using Ptune.Contracts.Specs;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Looks for a spec's log rules in the last lines of a failed attempt, within one budget for all of them: while it looks, the attempt's place on the worker is not free.
/// </summary>
/// <param name="time">Measures the budget.</param>
/// <param name="budget">For all rules and lines.</param>
internal sealed class LogRuleSearch(TimeProvider time, TimeSpan budget)
{
    /// <summary>What a job may cost its worker: far above what honest rules take, far below what anybody notices.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private readonly long _begin = time.GetTimestamp();

    private TimeSpan Left => budget - time.GetElapsedTime(_begin);

    /// <summary>Rules that were not searched for to the end: their patterns take too long, or are too long themselves.</summary>
    public int Skipped { get; private set; }

    /// <summary>The first rule that matches a line, and that line; null where none does, or where it was cancelled.</summary>
    public (LogRule Rule, string Line)? Find(IReadOnlyList<LogRule> rules, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        foreach (var rule in rules)
        {
            if (cancellation.IsCancellationRequested) return null;
            if (Compile(rule) is not { } pattern)
            {
                Skipped++;
                continue;
            }
            foreach (var line in lines.TakeWhile(_ => !cancellation.IsCancellationRequested))
            {
                if (Matches(pattern, line) is not { } matches)
                {
                    Skipped++;
                    break;
                }
                if (matches) return (rule, line);
            }
        }
        return null;
    }

    /// <summary>Null where there is no time left, or where a rule of an earlier version exceeds the bound: the parser of patterns recurses into them.</summary>
    private Regex? Compile(LogRule rule) => Left > TimeSpan.Zero && rule.Pattern.Length <= LogRule.MaxPattern ? rule.Compile() : null;

    /// <summary>Null where it took too long.</summary>
    private bool? Matches(Regex pattern, string line)
    {
        if (Left <= TimeSpan.Zero) return null;
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
