using System.Reflection;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Http;

namespace Ptune.Silo.Tests.Http;

/// <summary>A page far down a listing does not read the rows before it.</summary>
public sealed class DeepPageTests
{
    private static readonly JobRow _last = new($"red.{new string('a', 32)}", "red", "default", "NoOp", "last", JobStatus.Queued, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1);

    [Fact]
    public async Task OfJobs_After_AsksTheStoreForTheRowsBehindIt()
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new Caller("ann", null, Role.Viewer, "red", ["red"], "127.0.0.1", "request"));
        var catalog = DispatchProxy.Create<ICatalog, Asked>();

        await Pages.OfJobsAsync(http, catalog, new JobQuery { Tenant = "red", Pool = "gpu" }, _ => true, _last.JobId, limit: 10);

        Assert.Equal(new JobQuery { Tenant = "red", Pool = "gpu", After = new JobPlace(_last.Created, _last.JobId) }, ((Asked)(object)catalog).Query);
    }

    /// <summary>A catalog that has one row, and keeps what it was asked.</summary>
    public class Asked : DispatchProxy
    {
        public JobQuery? Query { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ICatalog.FindAsync)) return Task.FromResult<JobRow?>(_last);
            Assert.Equal(nameof(ICatalog.QueryAsync), targetMethod.Name);
            Query = (JobQuery)args![0]!;
            return AsyncEnumerable.Empty<JobRow>();
        }
    }
}
