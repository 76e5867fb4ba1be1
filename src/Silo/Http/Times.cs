using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Http;

/// <summary>Times in queries.</summary>
internal static partial class Times
{
    /// <param name="name">The parameter.</param>
    /// <param name="text">A time, or a length of time before <paramref name="now"/>; null: none.</param>
    /// <param name="now">The present.</param>
    public static (DateTimeOffset? Time, ProblemHttpResult? Problem) Parse(string name, string? text, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        // A length may go further back than dates do.
        if (Length().IsMatch(text)) return (Durations.Parse(text) is { } length && length < now - DateTimeOffset.MinValue ? now - length : DateTimeOffset.MinValue, null);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return (time, null);
        return (null, ApiProblems.BadRequest($"{name}='{text}' is not a time. Write 2026-11-30T12:00:00Z, or a length of time before now: 90s, 15m, 12h, 7d."));
    }

    [GeneratedRegex(Durations.Form)]
    private static partial Regex Length();
}
