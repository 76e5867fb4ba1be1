using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>What listings of jobs and studies may be narrowed by.</summary>
internal static class Rows
{
    public const int DefaultLimit = 100;
    public const int GreatestLimit = 10_000;

    public static ProblemHttpResult? CheckLimit(int? limit) =>
        limit is < 1 or > GreatestLimit ? ApiProblems.BadRequest($"limit must be between 1 and {GreatestLimit}, not {limit}.") : null;

    /// <summary>One status, or several with commas between; null: any.</summary>
    public static (JobStatus[]? Statuses, ProblemHttpResult? Problem) Statuses(string? text)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        var names = Enum.GetNames<JobStatus>().Select(n => n.ToLowerInvariant()).ToArray();
        var statuses = new List<JobStatus>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!names.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                var fix = Nearest.Of(word, names) is { } near ? $"Did you mean '{near}'?" : $"Known: {string.Join(", ", names)}.";
                return (null, ApiProblems.BadRequest($"'{word}' is not a status. {fix}"));
            }
            statuses.Add(Enum.Parse<JobStatus>(word, ignoreCase: true));
        }
        return ([.. statuses], null);
    }
}
