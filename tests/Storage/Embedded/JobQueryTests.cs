using Microsoft.Data.Sqlite;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Embedded;

/// <summary>A page of a long listing reads its rows by an index, in their order.</summary>
public sealed class JobQueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("query");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jobs_by_status", JobStatus.Failed)]
    [InlineData("jobs_by_tenant", JobStatus.Failed, JobStatus.Cancelled)]
    [InlineData("jobs_by_tenant")]
    public async Task Query_OfATenant_ReadsInOrderByAnIndex(string index, params JobStatus[] statuses)
    {
        await using (var store = new EmbeddedStore(_folder.Location)) await store.Catalog.PutAsync(Rows.Job("one"));

        var plan = Plan(new JobQuery { Tenant = "default", Statuses = statuses.Length == 0 ? null : statuses, Limit = 50 });

        Assert.Contains($"USING INDEX {index}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_OfAKind_ReadsInOrderByItsIndex()
    {
        await using (var store = new EmbeddedStore(_folder.Location)) await store.Catalog.PutAsync(Rows.Job("one"));

        var plan = Plan(new JobQuery { Tenant = "default", Kind = "TransferStudy", Limit = 50 });

        Assert.Contains("USING INDEX jobs_by_kind", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    /// <summary>What plans and budgets ask for: with the index by kind alone, every job of the kind that waits would be read.</summary>
    [Theory]
    [InlineData("jobs_by_success", JobStatus.Succeeded)]
    [InlineData("jobs_by_status", JobStatus.Queued)]
    public async Task Query_OfAKindAndAStatus_ReadsInOrderByAnIndexOfTheStatus(string index, JobStatus status)
    {
        await using (var store = new EmbeddedStore(_folder.Location)) await store.Catalog.PutAsync(Rows.Job("one"));

        var plan = Plan(new JobQuery { Tenant = "default", Kind = "NoOp", Statuses = [status], Limit = 48 });

        Assert.Contains($"USING INDEX {index}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private string Plan(JobQuery query)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.PathOf("store.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        var (text, parameters) = SqliteJobQuery.Of(query);
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {text}";
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue($"${name}", value);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }
}
