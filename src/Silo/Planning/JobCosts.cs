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

    /// <returns>For each spec its cost; null where no job of its sort has finished here.</returns>
    public async Task<JobCost?[]> EstimateAsync(string tenant, IReadOnlyList<JobSpec> specs, KnownModels models, CancellationToken cancellation)
    {
        var rates = new Dictionary<string, List<(double Seconds, double Bytes)>>();
        foreach (var kind in specs.Select(SpecKinds.Of).Distinct())
        {
            var query = new JobQuery { Tenant = tenant, Kind = kind, Statuses = [JobStatus.Succeeded], Limit = SamplesOfAKind };
            var rows = await catalog.QueryAsync(query, cancellation).ToArrayAsync(cancellation);
            foreach (var job in await Task.WhenAll(rows.Select(r => grains.GetGrain<IJobGrain>(r.JobId).Get())))
            {
                if (job?.Result is not { } result || await WorkAsync(job.Spec, models, cancellation) is not { } work) continue;
                if (!rates.TryGetValue(work.Sort, out var known)) rates[work.Sort] = known = [];
                known.Add((result.Seconds / work.Units, result.ArtifactBytes / work.Units));
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
}
