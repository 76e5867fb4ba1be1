using System.Reflection;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Silo.Admission;
using Ptune.Silo.Planning;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Planning;

public sealed class PlanReportsTests
{
    [Fact]
    public async Task Plan_WhoseClientLeaves_LooksUpNoFurtherJobs()
    {
        const int seeds = 100;
        using var folder = new TemporaryFolder("plan");
        var text = Specs.Study(new IdxDataset(folder.Location), "idle").Replace("seeds: [1]", $"seeds: [{string.Join(", ", Enumerable.Range(1, seeds))}]", StringComparison.Ordinal);
        var reading = SpecReader.Read(text);
        var admitted = new Admitted(reading.Spec, reading.Spec, new Dictionary<string, string>(), reading.Positions, reading.Problems);
        using var client = new CancellationTokenSource();
        var catalog = DispatchProxy.Create<ICatalog, LeftCatalog>();
        var asked = (LeftCatalog)(object)catalog;
        asked.Client = client;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new PlanReports(catalog, grains: null!, new JobCosts(catalog, grains: null!), manifests: null!).PlanAsync(JobIds.DefaultTenant, admitted, fresh: false, client.Token));

        Assert.InRange(asked.Calls, 1, seeds);
    }

    /// <summary>Whoever asks has left when the first job is looked up. It answers all the same, as a store in memory does.</summary>
    public class LeftCatalog : DispatchProxy
    {
        public CancellationTokenSource? Client { get; set; }

        public int Calls { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(ICatalog.FindAsync), targetMethod?.Name);
            Calls++;
            Client!.Cancel();
            var row = new JobRow((string)args![0]!, JobIds.DefaultTenant, "idle", "NoOp", "", JobStatus.Succeeded, 0, default, default, 1);
            return Task.FromResult<JobRow?>(row);
        }
    }
}
