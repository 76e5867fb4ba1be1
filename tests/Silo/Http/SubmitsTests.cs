using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Hosting;
using Ptune.Silo.Admission;
using Ptune.Silo.Configuration;
using Ptune.Silo.Http;
using Ptune.Silo.Pools;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class SubmitsTests
{
    [Fact]
    public async Task Answer_ClientThatLeavesWhileItsWorkIsPlanned_SubmitsNothing()
    {
        using var client = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = client.Token };
        http.Request.ContentType = Routes.Yaml;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Specs.NoOp("a", "idle")));
        http.Features.Set(new Caller(Caller.Local, null, Role.Admin, JobIds.DefaultTenant, null, "127.0.0.1", "request"));
        var kind = new LeavingKind(client);
        using var pools = new KnownPools(grains: null!, catalog: null!, TimeProvider.System);
        // No grain is asked on the way of a job without inputs, key and quota.
        var submits = new Submits(new SpecAdmission(resolver: null!), new QueueQuota(grains: null!, pools, Options.Create(new JobsOptions())), new SubmitKeys(grains: null!), new HttpOptions());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submits.AnswerAsync(http, kind, key: null, fresh: false));

        Assert.True(kind.IsPlanned);
        Assert.False(kind.IsSubmitted);
    }

    /// <summary>Its client leaves while it is planned.</summary>
    private sealed class LeavingKind(CancellationTokenSource client) : SubmitKind<JobSpec, JobView>
    {
        public bool IsPlanned { get; private set; }

        public bool IsSubmitted { get; private set; }

        public override string Noun => "a job";

        public override string Route => Routes.Job;

        public override string IdOf(JobView view) => view.JobId;

        public override SubmitTarget Target(SubmitRequest<JobSpec> request, CancellationToken cancellation)
        {
            IsPlanned = true;
            client.Cancel();
            return new SubmitTarget("id", ["id"], []);
        }

        public override Task<JobView?> FindAsync(string id) => Task.FromResult<JobView?>(null);

        public override Task<JobView> SubmitAsync(string id, SubmitRequest<JobSpec> request)
        {
            IsSubmitted = true;
            throw new InvalidOperationException("It was submitted for nobody.");
        }
    }
}
