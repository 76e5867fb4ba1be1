using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Http;

/// <summary>From what somebody typed to an id: the whole of it, or a beginning that is unique among the tenant's jobs, studies or sweeps.</summary>
internal sealed class JobIdLookup(ICatalog catalog, IGrainFactory grains)
{
    /// <summary>How many ids an answer to an ambiguous or unknown beginning looks at.</summary>
    private const int Considered = 200;
    private const int Named = 5;
    private const int WholeId = 32;

    /// <summary>A job that is no longer listed, its time after the end being over, is found by its whole id: studies name such.</summary>
    public async Task<(string? Id, ProblemHttpResult? Problem)> FindJobAsync(string tenant, string typed, CancellationToken cancellation)
    {
        var (id, problem) = await FindAsync(tenant, typed, "job", row => SpecKinds.IsOfJob(row.Kind), cancellation);
        var whole = $"{tenant}.{WithoutTenant(tenant, typed)}";
        return id is null && JobIds.IsWellFormed(whole) && await grains.GetGrain<IJobGrain>(whole).Get() is not null ? (whole, null) : (id, problem);
    }

    public Task<(string? Id, ProblemHttpResult? Problem)> FindStudyAsync(string tenant, string typed, CancellationToken cancellation) =>
        FindAsync(tenant, typed, "study", row => row.Kind == SpecKinds.Study, cancellation);

    public Task<(string? Id, ProblemHttpResult? Problem)> FindSweepAsync(string tenant, string typed, CancellationToken cancellation) =>
        FindAsync(tenant, typed, "sweep", row => row.Kind == SpecKinds.Sweep, cancellation);

    private async Task<(string? Id, ProblemHttpResult? Problem)> FindAsync(
        string tenant, string typed, string noun, Func<JobRow, bool> wanted, CancellationToken cancellation)
    {
        var prefix = WithoutTenant(tenant, typed);
        if (!IsPrefix(prefix)) return (null, await UnknownAsync(tenant, typed, noun, wanted, cancellation));
        var matches = await MatchesAsync(tenant, prefix, cancellation).Where(wanted).Take(Named + 1).ToListAsync(cancellation);
        return matches.Count switch
        {
            1 => (matches[0].JobId, null),
            0 => (null, await UnknownAsync(tenant, typed, noun, wanted, cancellation)),
            _ => (null, ApiProblems.Ambiguous(typed, [.. matches.Take(Named).Select(m => JobIds.Abbreviate(m.JobId))])),
        };
    }

    /// <summary>A whole id is one look-up, and needs no search.</summary>
    private async IAsyncEnumerable<JobRow> MatchesAsync(string tenant, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (prefix.Length == WholeId)
        {
            if (await catalog.FindAsync($"{tenant}.{prefix}", cancellation) is { } row) yield return row;
            yield break;
        }
        await foreach (var row in catalog.QueryAsync(new JobQuery { Tenant = tenant, IdPrefix = prefix }, cancellation)) yield return row;
    }

    private async Task<ProblemHttpResult> UnknownAsync(string tenant, string typed, string noun, Func<JobRow, bool> wanted, CancellationToken cancellation)
    {
        var rows = await catalog.QueryAsync(new JobQuery { Tenant = tenant }, cancellation).Where(wanted).Take(Considered).ToListAsync(cancellation);
        var hex = typed[(typed.LastIndexOf('.') + 1)..];
        var byId = Nearest.Of(hex, rows.Select(r => Beginning(r.JobId, hex.Length)).Distinct());
        var nearest = byId ?? (Nearest.Of(typed, rows.Select(r => r.Name).Where(n => n.Length > 0)) is { } name ? JobIds.Abbreviate(rows.First(r => r.Name == name).JobId) : null);
        return ApiProblems.NotFound($"There is no {noun} '{typed}'.", nearest);
    }

    /// <summary>As much of an id as was typed, so that a slip counts the same in a long and a short one.</summary>
    private static string Beginning(string id, int length)
    {
        var hex = id[(id.LastIndexOf('.') + 1)..];
        return hex[..Math.Clamp(length, 4, hex.Length)];
    }

    private static string WithoutTenant(string tenant, string typed) => typed.StartsWith(tenant + ".", StringComparison.Ordinal) ? typed[(tenant.Length + 1)..] : typed;

    private static bool IsPrefix(string text) => text.Length is >= 1 and <= WholeId && text.All(char.IsAsciiHexDigitLower);
}
