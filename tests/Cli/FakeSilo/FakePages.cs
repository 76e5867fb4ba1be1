using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Cli.FakeSilo;

/// <summary>Listings as a server gives them: in pages, with their total, and strict about what they are asked.</summary>
public static class FakePages
{
    /// <summary>How many rows a store of <see cref="Scenario.Many"/> has.</summary>
    public const int Many = 121;

    /// <summary>Ids that begin alike in pairs, up to the ninth digit.</summary>
    public static IEnumerable<JobRow> Rows() => Enumerable.Range(0, Many).Select(i => new JobRow(
        string.Create(CultureInfo.InvariantCulture, $"default.{0xa0000000 + (uint)(i / 2):x8}{i % 2}{new string('7', 23)}"),
        "default", "default", "NoOp", string.Create(CultureInfo.InvariantCulture, $"row-{i:000}"), JobStatus.Succeeded, 100, FakeRuns.Then, FakeRuns.Then, 1));

    public static IResult Of<T>(HttpContext http, IEnumerable<T> rows, Func<T, string> id, params string[] filters)
    {
        string[] known = [.. filters, "limit", "after"];
        if (http.Request.Query.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown) return Results.Problem($"There is no query parameter '{unknown}'.", statusCode: 400);
        rows = rows.OrderBy(id, StringComparer.Ordinal);
        if (http.Request.Query["after"] is [{ } after]) rows = rows.SkipWhile(r => id(r) != after).Skip(1);
        T[] all = [.. rows];
        http.Response.Headers[Routes.TotalHeader] = all.Length.ToString(CultureInfo.InvariantCulture);
        return Results.Ok(all.Take(http.Request.Query["limit"] is [{ } limit] ? int.Parse(limit, CultureInfo.InvariantCulture) : 100));
    }
}
