using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Azure;

namespace Ptune.Storage.Tests.Catalog;

/// <summary>Which rows of Azure's table are read: never all that a tenant has ever had for those that are unfinished.</summary>
public sealed class CatalogQueryTests
{
    [Fact]
    public void Of_UnfinishedInNoOrder_IsTheRangeOfAllPools()
    {
        var query = new JobQuery { Tenant = "red", Statuses = JobStatusExtensions.NotFinal, IsUnordered = true };
        Assert.Equal("job.on.", CatalogQuery.Of(query).Prefix);
        Assert.Equal("job.on.gpu.", CatalogQuery.Of(query with { Pool = "gpu" }).Prefix);
    }

    /// <summary>Final jobs have no row by pool, and a page in order ends early in the rows by time.</summary>
    [Fact]
    public void Of_FinalOrInOrder_IsTheRangeByTime()
    {
        Assert.Equal("job.at.", CatalogQuery.Of(new JobQuery { Tenant = "red", Statuses = [JobStatus.Running, JobStatus.Failed], IsUnordered = true }).Prefix);
        Assert.Equal("job.at.", CatalogQuery.Of(new JobQuery { Tenant = "red", Statuses = JobStatusExtensions.NotFinal }).Prefix);
        Assert.Equal("job.at.", CatalogQuery.Of(new JobQuery { Tenant = "red", IsUnordered = true }).Prefix);
    }
}
