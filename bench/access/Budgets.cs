using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Access.Bench;

/// <summary>
/// Submits of a tenant with a budget against those of one without, in turns, on one server where nothing runs: both have as many jobs that ended, from which it is estimated what the next takes, and as
/// many that wait, which the budget is reserved for.
/// </summary>
internal sealed class Budgets(WebApplication app, Func<HttpClient> connect) : IDisposable
{
    private const int Ended = 64;
    private const int AtOnce = 16;
    private const double Enough = 1e9;

    private readonly HttpClient _with = connect();
    private readonly HttpClient _without = connect();
    private long _seed;

    public async Task ReportAsync(int submits, int rounds)
    {
        await PrepareAsync(_with, "with", Enough);
        await PrepareAsync(_without, "without", null);
        foreach (var atOnce in new[] { 1, AtOnce })
        {
            List<double> with = [], without = [];
            for (var i = 0; i < rounds; i++)
            {
                if (i % 2 == 0) with.AddRange(await MeasureAsync(_with, submits, atOnce));
                without.AddRange(await MeasureAsync(_without, submits, atOnce));
                if (i % 2 == 1) with.AddRange(await MeasureAsync(_with, submits, atOnce));
            }
            Console.WriteLine($"{$"submit with a budget, {atOnce} at a time",-50} {At(with, 0.5),8:0} {At(with, 0.99),8:0}");
            Console.WriteLine($"{$"submit without, {atOnce} at a time",-50} {At(without, 0.5),8:0} {At(without, 0.99),8:0}");
        }
        Console.WriteLine($"Each tenant then had {_seed / 2} jobs, of which {Ended} had ended.");
    }

    public void Dispose()
    {
        _with.Dispose();
        _without.Dispose();
    }

    private async Task PrepareAsync(HttpClient client, string tenant, double? budget)
    {
        using var made = await client.PostAsJsonAsync(Routes.Tenants, new TenantRequest(tenant, new TenantSettings(Budget: budget)), SpecJson.Options);
        made.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add(Routes.TenantHeader, tenant);
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        for (var i = 0; i < Ended; i++)
        {
            var job = grains.GetGrain<IJobGrain>((await SubmitAsync(client)).JobId);
            var lease = (await job.Lease(new LeaseRequest("bench"))).Lease ?? throw new InvalidOperationException("The job is not leased.");
            await job.Complete(new AttemptCompletion("bench", lease.Epoch, new JobResult
            {
                Artifact = Digest.Of(lease.JobId),
                Metrics = [],
                Measurements = [],
                Curve = [],
                Environment = new ExecutionEnvironment("cpu", 1, "bench", "none", "10", "linux"),
                Seconds = 1,
                ArtifactBytes = 1,
                Kind = ArtifactKind.Model,
            }));
        }
        await MeasureAsync(client, Ended, AtOnce);
    }

    /// <summary>How long each submit took, in microseconds.</summary>
    private async Task<double[]> MeasureAsync(HttpClient client, int submits, int atOnce)
    {
        var times = new double[submits];
        await Parallel.ForAsync(0, submits, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            await SubmitAsync(client);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        });
        return times;
    }

    private async Task<JobView> SubmitAsync(HttpClient client)
    {
        using var body = new StringContent($"apiVersion: ptune/v1\nkind: NoOp\nname: bench\nseed: {Interlocked.Increment(ref _seed)}\n", Encoding.UTF8, Routes.Yaml);
        using var answer = await client.PostAsync(new Uri(Routes.Jobs, UriKind.Relative), body);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JobView>(SpecJson.Options))!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static double At(List<double> times, double share)
    {
        times.Sort();
        return times[(int)(times.Count * share)];
    }
}
