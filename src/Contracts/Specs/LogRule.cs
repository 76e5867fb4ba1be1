using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>What to make of a failed attempt whose last log lines say something known.</summary>
[GenerateSerializer, Alias("ptune.LogRule")]
public sealed record LogRule
{
    /// <summary>Longer searches in a line are given up: a pattern must not hang a worker.</summary>
    public static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(250);

    /// <summary>The most rules of a job.</summary>
    public const int MaxRules = 20;

    /// <summary>Characters of a pattern: what compiles patterns recurses into them.</summary>
    public const int MaxPattern = 500;

    [Id(0), MaxLength(MaxPattern), Description("A regular expression of at most 500 characters that is looked for in each of the last lines of a failed attempt's log.")]
    public required string Pattern { get; init; }

    [Id(1), Description("doNotRetry: the job has failed for good. notOnThisWorker: it is tried again on another worker.")]
    public required LogRuleAction Action { get; init; }

    /// <summary>The first rule of which a line speaks, and that line; null when none does. A pattern that takes too long for a line is passed over there.</summary>
    /// <exception cref="RegexParseException">A pattern is no regular expression.</exception>
    public static (LogRule Rule, string Line)? First(IReadOnlyList<LogRule> rules, IReadOnlyList<string> lines)
    {
        foreach (var rule in rules)
        {
            var pattern = rule.Compile();
            foreach (var line in lines)
                if (Matches(pattern, line)) return (rule, line);
        }
        return null;
    }

    /// <exception cref="RegexParseException">The pattern is no regular expression; the exception knows where.</exception>
    public Regex Compile() => new(Pattern, RegexOptions.CultureInvariant, MatchLimit);

    private static bool Matches(Regex pattern, string line)
    {
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
