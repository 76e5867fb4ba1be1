using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Planning;

/// <summary>What jobs are likely to cost, by what the latest finished ones of the same sort took here.</summary>
internal sealed class JobCosts(ICatalog catalog, IGrainFactory grains)
{
    private const int SamplesOfAKind = 48;

    /// <returns>For each spec the seconds on one device; null where no job of its sort has finished here.</returns>
    public async Task<double?[]> EstimateAsync(string tenant, IReadOnlyList<JobSpec> specs, CancellationToken cancellation)
    {
        var rates = new Dictionary<string, List<double>>();
        foreach (var kind in specs.Select(SpecKinds.Of).Distinct())
        {
            var query = new JobQuery { Tenant = tenant, Kind = kind, Statuses = [JobStatus.Succeeded], Limit = SamplesOfAKind };
            var rows = await catalog.QueryAsync(query, cancellation).ToArrayAsync(cancellation);
            foreach (var job in await Task.WhenAll(rows.Select(r => grains.GetGrain<IJobGrain>(r.JobId).Get())))
            {
                if (job?.Result is not { } result) continue;
                var work = JobWork.Of(job.Spec);
                if (!rates.TryGetValue(work.Sort, out var known)) rates[work.Sort] = known = [];
                known.Add(result.Seconds / work.Units);
            }
        }
        return [.. specs.Select(s => JobWork.Of(s) is var work && rates.TryGetValue(work.Sort, out var known) ? Median(known) * work.Units : (double?)null)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
