using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Catalog;

/// <summary>What every catalog does.</summary>
public abstract partial class CatalogContract(TestStorage storage) : IAsyncDisposable
{
    private readonly string _tenant = Rows.NewTenant();

    protected ICatalog Catalog { get; } = storage.Get<ICatalog>();

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task FindAsync_StoredJob_IsTheRow()
    {
        var row = Job("one", minute: 7) with { Created = new DateTimeOffset(2026, 3, 1, 12, 7, 0, TimeSpan.FromHours(2)).AddTicks(1) };
        await Catalog.PutAsync(row);
        Assert.Equal(row, await Catalog.FindAsync(row.JobId));
    }

    [Fact]
    public async Task PutAsync_Needs_AreKeptAndTakenAwayAgain()
    {
        var row = Job("one") with { Needs = new Needs { Device = DeviceKind.Cuda, MemoryGiB = 0.5, Labels = new() { ["zone"] = "a b" } } };
        await Catalog.PutAsync(row);
        Assert.Equal(row, await Catalog.FindAsync(row.JobId));
        Assert.Equal([row], await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "default" }));
        foreach (var changed in new[] { row with { EstimatedGiB = 1.125, Version = 2 }, row with { Needs = null, EstimatedGiB = 7, EstimatedSeconds = 3600.5, Version = 3 }, row with { EstimatedSeconds = 2, Version = 4 }, row with { Needs = null, Version = 5 } })
        {
            await Catalog.PutAsync(changed);
            Assert.Equal(changed, await Catalog.FindAsync(row.JobId));
        }
    }

    [Fact]
    public async Task QueryAsync_ExpiredBy_IsWhatHasExpiredUntilThen()
    {
        var pool = "pool." + Rows.NewTenant();
        JobRow[] rows = [Expiring("a", 1), Expiring("b", 2), Expiring("c", 3), Job("d", pool: pool, status: JobStatus.Succeeded)];
        foreach (var row in rows) await Catalog.PutAsync(row);
        Assert.Equal(InOrder(rows[..2]), await QueryAsync(new JobQuery { Pool = pool, ExpiredBy = Rows.Noon.AddDays(2) }));
        // Started anew, it no longer expires.
        await Catalog.PutAsync(rows[0] with { Version = 2, Status = JobStatus.Queued, Expires = null });
        Assert.Equal([rows[1]], await QueryAsync(new JobQuery { Pool = pool, ExpiredBy = Rows.Noon.AddDays(2) }));

        JobRow Expiring(string name, int days) => Job(name, pool: pool, minute: days, status: JobStatus.Failed) with { Expires = Rows.Noon.AddDays(days) };
    }

    [Fact]
    public async Task RemoveAsync_Row_IsGoneFromEveryListing()
    {
        var row = Job("one", status: JobStatus.Succeeded) with { Expires = Rows.Noon };
        await Catalog.PutAsync(row);
        await Catalog.RemoveAsync(row);
        await Catalog.RemoveAsync(row);
        Assert.Null(await Catalog.FindAsync(row.JobId));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, ExpiredBy = Rows.Noon }));
        await Catalog.PutAsync(row with { Version = 2 });
        Assert.Equal(2, (await Catalog.FindAsync(row.JobId))!.Version);
    }

    [Fact]
    public async Task RemoveAsync_NewerRowStands_IsLeft()
    {
        var row = Job("one", status: JobStatus.Failed) with { Expires = Rows.Noon };
        await Catalog.PutAsync(row);
        await Catalog.PutAsync(row with { Version = 2, Status = JobStatus.Queued, Expires = null });
        await Catalog.RemoveAsync(row);
        Assert.Equal(JobStatus.Queued, (await Catalog.FindAsync(row.JobId))!.Status);
    }

    [Fact]
    public async Task PutAsync_PermitOfAnotherJob_IsRefusedUntilThatOneHasLetItGo()
    {
        JobRow holder = Running("holder", 0), other = Running("other", 0);
        await Catalog.PutAsync(holder);
        await Catalog.PutAsync(other with { Status = JobStatus.Queued, Permit = null });
        var waiting = other with { Version = 2 };
        var refusal = await Assert.ThrowsAsync<PermitTakenException>(() => Catalog.PutAsync(waiting));
        Assert.Equal($"another job of {_tenant} has permit 0 in pool default", refusal.Message);
        Assert.Equal((JobStatus.Queued, null), (await Catalog.FindAsync(other.JobId)) is { } row ? (row.Status, row.Permit) : default);

        Assert.True(await Catalog.PutAsync(holder with { Version = 2, Priority = 7 }));
        await Assert.ThrowsAsync<PermitTakenException>(() => Catalog.PutAsync(waiting));
        Assert.True(await Catalog.PutAsync(holder with { Version = 3, Status = JobStatus.Succeeded, Permit = null }, Rows.Artifact(_tenant, "holder")));
        Assert.True(await Catalog.PutAsync(waiting));
        Assert.Equal(waiting, await Catalog.FindAsync(other.JobId));
    }

    [Fact]
    public async Task PutAsync_PermitsOfOtherPoolsTenantsAndNumbers_AreOthers()
    {
        await Catalog.PutAsync(Running("one", 0));
        JobRow[] others = [Running("two", 1), Running("three", 0) with { Pool = "other" }, Rows.Job("one", Rows.NewTenant(), status: JobStatus.Running) with { Permit = 0 }];
        foreach (var row in others) Assert.True(await Catalog.PutAsync(row));
    }

    [Fact]
    public async Task PutAsync_AnotherPermit_LetsTheFirstGo()
    {
        var row = Running("one", 0);
        await Catalog.PutAsync(row);
        await Catalog.PutAsync(row with { Version = 2, Permit = 1 });
        await Catalog.PutAsync(Running("two", 0));
        await Assert.ThrowsAsync<PermitTakenException>(() => Catalog.PutAsync(Running("three", 1)));
    }

    [Fact]
    public async Task PutAsync_OldRowWhosePermitIsAnothersByNow_IsOnlyOld()
    {
        var old = Running("one", 0);
        await Catalog.PutAsync(old);
        await Catalog.PutAsync(old with { Version = 2, Status = JobStatus.Queued, Permit = null });
        await Catalog.PutAsync(Running("two", 0));
        Assert.False(await Catalog.PutAsync(old));
    }

    [Fact]
    public async Task PutAsync_ManyForOnePermit_OneHasIt()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TakesAsync(Running($"job {number}", 3))));
        Assert.Single(taken, true);
        Assert.Single(await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "default" }));

        async Task<bool> TakesAsync(JobRow row)
        {
            try
            {
                return await Catalog.PutAsync(row);
            }
            catch (PermitTakenException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task ListExpectedAsync_Notes_AreThoseOfThePoolUntilThen()
    {
        var pool = "pool." + Rows.NewTenant();
        ExpectedRow[] notes = [Rows.Expected("a", _tenant, pool), Rows.Expected("b", _tenant, pool, minute: 1), Rows.Expected("c", _tenant, pool + "x")];
        foreach (var note in notes) await Catalog.ExpectAsync(note);
        Assert.Equal([notes[0]], await ExpectedAsync(pool, minute: 0));
        Assert.Equal(notes[..2], await ExpectedAsync(pool, minute: 1));
        Assert.Equal([notes[0], notes[2], notes[1]], await ExpectedAsync(null, minute: 1));
    }

    [Fact]
    public async Task ExpectAsync_Again_TakesThePlaceOfTheOlderNote()
    {
        var pool = "pool." + Rows.NewTenant();
        foreach (var version in new[] { 1, 3, 2 }) await Catalog.ExpectAsync(Rows.Expected("a", _tenant, pool, version, minute: version));
        Assert.Equal([Rows.Expected("a", _tenant, pool, 3, minute: 3)], await ExpectedAsync(pool, minute: 9));
    }

    [Fact]
    public async Task PutAsync_RowThatWasExpected_StrikesItsNoteOff()
    {
        var pool = "pool." + Rows.NewTenant();
        await Catalog.ExpectAsync(Rows.Expected("a", _tenant, pool, 2));
        await Catalog.PutAsync(Job("a", pool: pool, version: 2));
        Assert.Empty(await ExpectedAsync(pool, minute: 9));
        // Asked again after its end: an older row leaves the note.
        await Catalog.ExpectAsync(Rows.Expected("a", _tenant, pool, 6));
        await Catalog.PutAsync(Job("a", pool: pool, version: 3));
        Assert.Single(await ExpectedAsync(pool, minute: 9));
    }

    [Fact]
    public async Task SettleAsync_NewerNoteStands_IsLeft()
    {
        var pool = "pool." + Rows.NewTenant();
        await Catalog.ExpectAsync(Rows.Expected("a", _tenant, pool, 3));
        await Catalog.SettleAsync(Rows.Expected("a", _tenant, pool, 2));
        Assert.Single(await ExpectedAsync(pool, minute: 0));
        await Catalog.SettleAsync(Rows.Expected("a", _tenant, pool, 3));
        await Catalog.SettleAsync(Rows.Expected("a", _tenant, pool, 3));
        Assert.Empty(await ExpectedAsync(pool, minute: 0));
    }

    [Theory]
    [InlineData("default.00000000000000000000000000000000")]
    [InlineData("no id at all")]
    public async Task FindAsync_UnknownJob_IsNull(string id) => Assert.Null(await Catalog.FindAsync(id));

    [Fact]
    public async Task PutAsync_JobWithItsArtifact_BothStandAndOnceOnly()
    {
        var queued = Job("one", version: 2);
        var done = queued with { Status = JobStatus.Succeeded, Version = 5 };
        var artifact = Rows.Artifact(_tenant, "one");
        Assert.True(await Catalog.PutAsync(queued));
        Assert.True(await Catalog.PutAsync(done, artifact));
        Assert.False(await Catalog.PutAsync(done, artifact));
        Assert.Equal(done, await Catalog.FindAsync(done.JobId));
        Assert.Equal(artifact, await Catalog.FindArtifactAsync(_tenant, artifact.Digest));
        Assert.Equal([artifact], await Catalog.ListArtifactsAsync(_tenant).ToListAsync());
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "default", Statuses = JobStatusExtensions.NotFinal }));
    }

    [Fact]
    public async Task PutAsync_ArtifactStandsAlready_TheJobsRowIsWritten()
    {
        var row = Job("one", version: 2);
        var artifact = Rows.Artifact(_tenant, "one");
        await Catalog.PutAsync(row);
        await Catalog.PutAsync(artifact);
        Assert.True(await Catalog.PutAsync(row with { Status = JobStatus.Succeeded, Version = 3 }, artifact));
        Assert.Equal(JobStatus.Succeeded, (await Catalog.FindAsync(row.JobId))!.Status);
        Assert.Equal([artifact], await Catalog.ListArtifactsAsync(_tenant).ToListAsync());
    }

    [Fact]
    public async Task PutAsync_AsNewARowStands_IsFalse()
    {
        var row = Job("one", version: 2);
        Assert.True(await Catalog.PutAsync(row));
        Assert.False(await Catalog.PutAsync(row));
        Assert.True(await Catalog.PutAsync(row with { Version = 3 }));
        Assert.False(await Catalog.PutAsync(row));
    }

    [Fact]
    public async Task PutAsync_OutOfOrder_NewestVersionStands()
    {
        await Catalog.PutAsync(Job("one", version: 1));
        await Catalog.PutAsync(Job("one", version: 3, status: JobStatus.Succeeded));
        await Catalog.PutAsync(Job("one", version: 2, status: JobStatus.Running));
        await Catalog.PutAsync(Job("one", version: 3, status: JobStatus.Failed));
        var row = Assert.Single(await QueryAsync(new JobQuery { Tenant = _tenant }));
        Assert.Equal((3L, JobStatus.Succeeded), (row.Version, row.Status));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "default", Statuses = JobStatusExtensions.NotFinal }));
    }

    [Fact]
    public async Task PutAsync_ManyVersionsAtOnce_NewestVersionStandsEverywhere()
    {
        JobStatus StatusOf(int version) => version % 2 == 0 ? JobStatus.Queued : JobStatus.Failed;
        var writes = Enumerable.Range(1, 24).OrderBy(version => version * 7 % 24)
            .Select(version => Catalog.PutAsync(Job("one", version: version, minute: version % 3, status: StatusOf(version), pool: $"pool{version % 2}")));
        await Task.WhenAll(writes);
        var expected = Job("one", version: 24, minute: 0, status: JobStatus.Queued, pool: "pool0");
        Assert.Equal(expected, await Catalog.FindAsync(expected.JobId));
        Assert.Equal([expected], await QueryAsync(new JobQuery { Tenant = _tenant }));
        Assert.Equal([expected], await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "pool0", Statuses = [JobStatus.Queued] }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Pool = "pool1", Statuses = [JobStatus.Queued] }));
    }

    [Fact]
    public async Task QueryAsync_Tenant_IsNewestFirstThenById()
    {
        JobRow[] rows = [Job("a", minute: 1), Job("b", minute: 3), Job("c", minute: 2), Job("d", minute: 2), Job("e", minute: 2)];
        foreach (var row in rows) await Catalog.PutAsync(row);
        await Catalog.PutAsync(Rows.Job("foreign", Rows.NewTenant(), minute: 2));
        Assert.Equal(InOrder(rows), await QueryAsync(new JobQuery { Tenant = _tenant }));
        Assert.Equal(InOrder(rows).Take(3), await QueryAsync(new JobQuery { Tenant = _tenant, Limit = 3 }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Limit = 0 }));
        Assert.Equal(InOrder(rows), InOrder(await QueryAsync(new JobQuery { Tenant = _tenant, IsUnordered = true })));
    }

    [Fact]
    public async Task QueryAsync_PoolOverAllTenants_IsItsQueue()
    {
        var pool = "pool." + Rows.NewTenant();
        JobRow[] waiting = [Job("a", pool: pool, minute: 1), Job("b", pool: pool, minute: 3, status: JobStatus.Running), OfOther("c", pool, minute: 2)];
        JobRow[] others = [Job("d", pool: pool, status: JobStatus.Succeeded), Job("e", pool: pool + "x"), OfOther("f", "default", minute: 0)];
        foreach (var row in waiting.Concat(others)) await Catalog.PutAsync(row);
        Assert.Equal(InOrder(waiting), await QueryAsync(new JobQuery { Pool = pool, Statuses = JobStatusExtensions.NotFinal }));
    }

    [Fact]
    public async Task QueryAsync_EveryCondition_Narrows()
    {
        await Catalog.PutAsync(Job("same", kind: "Evaluation", status: JobStatus.Failed));
        var other = Job("other 'quoted' name", pool: "gpu/a #1", kind: "TransferStudy", status: JobStatus.Running);
        await Catalog.PutAsync(other);
        Assert.Equal([other], await QueryAsync(new JobQuery { Tenant = _tenant, Pool = other.Pool }));
        Assert.Equal([other], await QueryAsync(new JobQuery { Tenant = _tenant, Pool = other.Pool, Statuses = [JobStatus.Running] }));
        Assert.Equal([other], await QueryAsync(new JobQuery { Tenant = _tenant, Kind = other.Kind }));
        Assert.Equal([other], await QueryAsync(new JobQuery { Tenant = _tenant, Name = other.Name }));
        Assert.Equal([other], await QueryAsync(new JobQuery { Tenant = _tenant, Statuses = [JobStatus.Running, JobStatus.Queued] }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Statuses = [] }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, Name = other.Name, Kind = "Evaluation" }));
    }

    [Fact]
    public async Task QueryAsync_IdPrefix_FindsJobsByTheirFirstDigits()
    {
        var rows = Enumerable.Range(0, 40).Select(number => Job($"job {number}", minute: number % 5)).ToArray();
        foreach (var row in rows) await Catalog.PutAsync(row);
        var digit = JobIds.Digits(rows[0].JobId)[..1];
        var expected = rows.Where(row => JobIds.Digits(row.JobId).StartsWith(digit, StringComparison.Ordinal)).ToArray();
        Assert.Equal(InOrder(expected), await QueryAsync(new JobQuery { Tenant = _tenant, IdPrefix = digit }));
        Assert.Equal([rows[0]], await QueryAsync(new JobQuery { IdPrefix = JobIds.Digits(rows[0].JobId), Tenant = _tenant }));
        Assert.Empty(await QueryAsync(new JobQuery { Tenant = _tenant, IdPrefix = "%" }));
    }

    [Fact]
    public async Task Artifacts_SameDigestAgain_KeepsTheFirst()
    {
        var row = Rows.Artifact(_tenant, "a") with { OutputSpace = Digest.Of("labels") };
        await Catalog.PutAsync(row);
        await Catalog.PutAsync(row with { Created = Rows.Noon.AddDays(1), JobId = Rows.JobId(_tenant, "later") });
        Assert.Equal(row, await Catalog.FindArtifactAsync(_tenant, row.Digest));
        Assert.Equal([row], await Catalog.ListArtifactsAsync(_tenant).ToListAsync());
        Assert.Null(await Catalog.FindArtifactAsync(Rows.NewTenant(), row.Digest));
    }

    [Fact]
    public async Task ListArtifactsAsync_Several_AreNewestFirst()
    {
        ArtifactRow[] rows = [Rows.Artifact(_tenant, "a", 1), Rows.Artifact(_tenant, "b", 3), Rows.Artifact(_tenant, "c", 2)];
        foreach (var row in rows) await Catalog.PutAsync(row);
        Assert.Equal([rows[1], rows[2], rows[0]], await Catalog.ListArtifactsAsync(_tenant).ToListAsync());
    }

    [Fact]
    public async Task RemoveArtifactAsync_Row_IsGoneAndMayComeAgain()
    {
        var row = Rows.Artifact(_tenant, "a");
        await Catalog.PutAsync(row);
        await Catalog.PutAsync(Rows.Artifact(_tenant, "b"));
        await Catalog.RemoveArtifactAsync(_tenant, row.Digest);
        await Catalog.RemoveArtifactAsync(_tenant, row.Digest);
        Assert.Null(await Catalog.FindArtifactAsync(_tenant, row.Digest));
        Assert.Equal([Rows.Artifact(_tenant, "b")], await Catalog.ListArtifactsAsync(_tenant).ToListAsync());
        await Catalog.PutAsync(row with { Created = Rows.Noon.AddHours(9) });
        Assert.Equal(Rows.Noon.AddHours(9), (await Catalog.FindArtifactAsync(_tenant, row.Digest))!.Created);
    }

    [Fact]
    public async Task ListArtifactsAsync_NoTenant_HasThoseOfAll()
    {
        ArtifactRow[] rows = [Rows.Artifact(_tenant, "a"), Rows.Artifact(Rows.NewTenant(), "b")];
        foreach (var row in rows) await Catalog.PutAsync(row);
        Assert.Equal(rows.OrderBy(row => row.Digest, StringComparer.Ordinal), await Catalog.ListArtifactsAsync(null).Where(rows.Contains).OrderBy(row => row.Digest).ToListAsync());
    }

    [Fact]
    public async Task Aliases_RowWithoutDigest_RemovesTheAliasUntilANewerOne()
    {
        await Catalog.PutAsync(Alias("vit@v1", "first", version: 1));
        await Catalog.PutAsync(new AliasRow(_tenant, "vit@v1", "", Rows.Noon, 2));
        Assert.Empty(await Catalog.ListAliasesAsync(_tenant).ToListAsync());
        await Catalog.PutAsync(Alias("vit@v1", "first", version: 1));
        Assert.Empty(await Catalog.ListAliasesAsync(_tenant).ToListAsync());
        await Catalog.PutAsync(Alias("vit@v1", "second", version: 3));
        Assert.Equal([Alias("vit@v1", "second", version: 3)], await Catalog.ListAliasesAsync(_tenant).ToListAsync());
    }

    [Fact]
    public async Task Aliases_OutOfOrder_NewestVersionStands()
    {
        await Catalog.PutAsync(Alias("vit@v2", "second", version: 2));
        await Catalog.PutAsync(Alias("vit@v2", "first", version: 1));
        await Catalog.PutAsync(Alias("vit@v2", "second again", version: 2));
        await Catalog.PutAsync(Alias("cnn_a.b@v1", "cnn", version: 1));
        AliasRow[] expected = [Alias("cnn_a.b@v1", "cnn", version: 1), Alias("vit@v2", "second", version: 2)];
        Assert.Equal(expected, await Catalog.ListAliasesAsync(_tenant).ToListAsync());
        Assert.Empty(await Catalog.ListAliasesAsync(Rows.NewTenant()).ToListAsync());
    }

    private JobRow Running(string name, int permit) => Job(name, status: JobStatus.Running) with { Permit = permit };

    private JobRow Job(
        string name, int minute = 0, JobStatus status = JobStatus.Queued, string pool = "default", string kind = "Scoring", long version = 1) =>
        Rows.Job(name, _tenant, minute, status, pool, kind, version);

    private static JobRow OfOther(string name, string pool, int minute) => Rows.Job(name, Rows.NewTenant(), minute, pool: pool);

    private AliasRow Alias(string alias, string content, long version) => new(_tenant, alias, Digest.Of(content), Rows.Noon, version);

    /// <summary>This test's notes.</summary>
    private async Task<List<ExpectedRow>> ExpectedAsync(string? pool, int minute) => await Catalog.ListExpectedAsync(pool, Rows.Noon.AddMinutes(minute))
        .Where(note => JobIds.Tenant(note.JobId) == _tenant).OrderBy(note => note.At).ThenBy(note => note.Pool, StringComparer.Ordinal).ToListAsync();

    private async Task<List<JobRow>> QueryAsync(JobQuery query) => await Catalog.QueryAsync(query).ToListAsync();

    private static IEnumerable<JobRow> InOrder(IEnumerable<JobRow> rows) =>
        rows.OrderByDescending(row => row.Created).ThenBy(row => row.JobId, StringComparer.Ordinal);
}
