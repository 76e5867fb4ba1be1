using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>What a known line in a failed attempt's log means.</summary>
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

    [Id(1), Description("doNotRetry: the job fails. notOnThisWorker: the job is retried on another worker.")]
    public required LogRuleAction Action { get; init; }

    /// <summary>
    /// The pattern, in linear time where it can be: back-references, look-arounds and atomic groups need an engine that goes back, which <see cref="MatchLimit"/> bounds.
    /// </summary>
    /// <exception cref="RegexParseException">The pattern is not a regular expression; the exception knows where.</exception>
    public Regex Compile()
    {
        try
        {
            return new(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchLimit);
        }
        catch (NotSupportedException)
        {
            return new(Pattern, RegexOptions.CultureInvariant, MatchLimit);
        }
    }
}
