using Microsoft.Data.Sqlite;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Embedded;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("schema");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_StoreOfALaterVersion_IsRefusedAndLeftAsItIs()
    {
        await using (var store = new EmbeddedStore(_folder.Location)) await store.Catalog.PutAsync(Rows.Job("kept"));
        Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}");
        var refusal = Assert.Throws<StoreVersionException>(() => new EmbeddedStore(_folder.Location));
        Assert.Contains($"schema version {SqliteSchema.Version + 1}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.PathOf("store.db"), refusal.Message, StringComparison.Ordinal);
        Execute($"PRAGMA user_version = {SqliteSchema.Version}");
        await using var again = new EmbeddedStore(_folder.Location);
        Assert.Equal(Rows.Job("kept"), await again.Catalog.FindAsync(Rows.Job("kept").JobId));
    }

    [Fact]
    public async Task Open_StoreOfTheFirstVersion_IsBroughtUpAndKeepsItsRows()
    {
        var location = RecordedStore.First(_folder.Location).Location;
        await using var again = new EmbeddedStore(location);
        var rows = await again.Catalog.QueryAsync(new JobQuery()).ToDictionaryAsync(r => r.Name);
        Assert.Equal(
            [("cancelled", "NoOp", JobStatus.Cancelled), ("done", "NoOp", JobStatus.Succeeded), ("model", "Pretraining", JobStatus.Succeeded),
                ("suspended", "NoOp", JobStatus.Queued), ("waiting", "NoOp", JobStatus.Queued)],
            rows.Values.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => (r.Name, r.Kind, r.Status)));
        Assert.All(rows.Values, r => Assert.Equal((null, null, null), (r.Needs, r.Expires, r.Permit)));
        Assert.Equal(rows["model"].JobId, Assert.Single(await again.Catalog.ListArtifactsAsync(rows["model"].Tenant).Where(a => a.Kind == ArtifactKind.Model).ToArrayAsync()).JobId);
        var needy = Rows.Job("needy") with { Needs = new Needs { MemoryGiB = 1 }, Expires = Rows.Noon };
        await again.Catalog.PutAsync(needy);
        Assert.Equal(needy, await again.Catalog.FindAsync(needy.JobId));
        await again.Catalog.PutAsync(Rows.Job("permitted") with { Permit = 0 });
        await Assert.ThrowsAsync<PermitTakenException>(() => again.Catalog.PutAsync(Rows.Job("late") with { Permit = 0 }));
        await again.Catalog.ExpectAsync(Rows.Expected("needy"));
        Assert.Equal([Rows.Expected("needy")], await again.Catalog.ListExpectedAsync(null, Rows.Noon).ToArrayAsync());
        var held = new DeviceTimeRow(needy.JobId, DeviceTimeRow.MonthOf(Rows.Noon), 1, Rows.Noon, TimeSpan.FromSeconds(5));
        await again.Catalog.PutAsync(held);
        Assert.Equal(held.Held, await again.Catalog.SumDeviceTimeAsync(needy.Tenant, held.Month));
        var done = new JobQuery { Tenant = needy.Tenant, Kind = "NoOp", Statuses = [JobStatus.Succeeded], Limit = 1 };
        Assert.Equal("done", Assert.Single(await again.Catalog.QueryAsync(done).ToArrayAsync()).Name);
    }

    [Fact]
    public void Open_AnotherProgramsDatabase_IsRefused()
    {
        Execute("CREATE TABLE theirs (x)");
        Assert.Contains("store.db", Assert.Throws<StoreVersionException>(() => new EmbeddedStore(_folder.Location)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_NamesTheFolder()
    {
        await File.WriteAllTextAsync(_folder.PathOf("store.db"), new string('x', 5000));
        var failure = Assert.Throws<IOException>(() => new EmbeddedStore(_folder.Location));
        Assert.Contains(_folder.Location, failure.Message, StringComparison.Ordinal);
    }

    private void Execute(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.PathOf("store.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
