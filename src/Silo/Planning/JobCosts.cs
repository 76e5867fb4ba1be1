using System.Collections.Concurrent;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Planning;

/// <summary>What jobs are likely to cost, by what the latest finished ones of the same sort took here.</summary>
internal sealed class JobCosts(ICatalog catalog, IGrainFactory grains)
{
    private const int SamplesOfAKind = 48;
    private const int MostRemembered = 10_000;

    /// <summary>By the job. Every submit of a tenant with a budget asks for the same ones, and each would be a call of a grain.</summary>
    private readonly ConcurrentDictionary<string, Sample> _samples = new();

    /// <returns>For each spec its cost; null where no job of its sort has finished here.</returns>
    public async Task<JobCost?[]> EstimateAsync(string tenant, IReadOnlyList<JobSpec> specs, KnownModels models, CancellationToken cancellation)
    {
        var rates = new Dictionary<string, List<(double Seconds, double Bytes)>>();
        foreach (var kind in specs.Select(SpecKinds.Of).Distinct())
        {
            var query = new JobQuery { Tenant = tenant, Kind = kind, Statuses = [JobStatus.Succeeded], Limit = SamplesOfAKind };
            var rows = await catalog.QueryAsync(query, cancellation).ToArrayAsync(cancellation);
            foreach (var sample in await Task.WhenAll(rows.Select(row => SampleAsync(row, models, cancellation))))
            {
                if (sample is null) continue;
                if (!rates.TryGetValue(sample.Sort, out var known)) rates[sample.Sort] = known = [];
                known.Add((sample.Seconds, sample.Bytes));
            }
        }
        var costs = new JobCost?[specs.Count];
        for (var i = 0; i < costs.Length; i++)
        {
            if (await WorkAsync(specs[i], models, cancellation) is not { } work || !rates.TryGetValue(work.Sort, out var known)) continue;
            costs[i] = new JobCost(Median(known.Select(rate => rate.Seconds)) * work.Units, (long)(Median(known.Select(rate => rate.Bytes)) * work.Units));
        }
        return costs;
    }

    /// <summary>What a finished job took. A row of the same version is of the same result.</summary>
    private async Task<Sample?> SampleAsync(JobRow row, KnownModels models, CancellationToken cancellation)
    {
        if (_samples.TryGetValue(row.JobId, out var known) && known.Version == row.Version) return known;
        if (await grains.GetGrain<IJobGrain>(row.JobId).Get() is not { Result: { } result } job || await WorkAsync(job.Spec, models, cancellation) is not { } work) return null;
        if (_samples.Count >= MostRemembered) _samples.Clear();
        return _samples[row.JobId] = new Sample(row.Version, work.Sort, result.Seconds / work.Units, result.ArtifactBytes / work.Units);
    }

    private static async Task<JobWork?> WorkAsync(JobSpec spec, KnownModels models, CancellationToken cancellation)
    {
        spec = TextDefaults.Fill(spec);
        return JobWork.Of(spec, await models.UsedAsync(spec, cancellation));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <param name="Version">Of the job's row.</param>
    /// <param name="Sort">See <see cref="JobWork"/>.</param>
    /// <param name="Seconds">For a unit of work.</param>
    /// <param name="Bytes">For a unit of work.</param>
    private sealed record Sample(long Version, string Sort, double Seconds, double Bytes);
}
