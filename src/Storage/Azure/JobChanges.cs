using Azure.Data.Tables;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>What a job's row changes in its tenant's partition: pure, so that every case can be tested by itself.</summary>
internal static class JobChanges
{
    /// <param name="row">The row to write.</param>
    /// <param name="standing">The row by id that stands, or null.</param>
    /// <param name="leftPermit">The permit's row as somebody has left it who does not have it any more; null: it must not be there.</param>
    /// <returns>One transaction, guarded by the row by id, and by the permit's if it takes one; empty when the row that stands is as new.</returns>
    public static TableTransactionAction[] Of(JobRow row, TableEntity? standing, TableEntity? leftPermit = null)
    {
        var before = standing is null ? null : CatalogEntities.Job(standing);
        if (before is not null && before.Version >= row.Version) return [];

        var byId = CatalogEntities.Of(row, CatalogKeys.JobById(row.JobId));
        var changes = new List<TableTransactionAction>
        {
            standing is null
                ? new(TableTransactionActionType.Add, byId)
                : new(TableTransactionActionType.UpdateReplace, byId, standing.ETag),
        };
        string?[] keys = Keys(row);
        string?[] oldKeys = before is null ? [] : Keys(before);
        foreach (var key in keys.OfType<string>())
            changes.Add(new(TableTransactionActionType.UpsertReplace, CatalogEntities.Of(row, key)));
        foreach (var key in oldKeys.OfType<string>().Except(keys.OfType<string>()))
            changes.Add(new(TableTransactionActionType.Delete, new TableEntity(row.Tenant, key)));
        changes.AddRange(Permits(row, before, leftPermit));
        return [.. changes];
    }

    /// <param name="row">The row to remove.</param>
    /// <param name="standing">The row by id that stands, or null.</param>
    /// <returns>One transaction, guarded by the row by id; empty when none stands, or a newer one.</returns>
    public static TableTransactionAction[] Removing(JobRow row, TableEntity? standing)
    {
        if (standing is null || CatalogEntities.Job(standing) is var known && known.Version > row.Version) return [];
        return
        [
            new(TableTransactionActionType.Delete, standing, standing.ETag),
            .. Keys(known).OfType<string>().Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.Tenant, key))),
        ];
    }

    /// <summary>A permit is taken by the job's row that names it, and let go by the next that does not: the two never say different things.</summary>
    private static IEnumerable<TableTransactionAction> Permits(JobRow row, JobRow? before, TableEntity? left)
    {
        var (permit, old) = (CatalogKeys.Permit(row), before is null ? null : CatalogKeys.Permit(before));
        if (permit == old) yield break;
        if (old is not null) yield return new(TableTransactionActionType.Delete, new TableEntity(row.Tenant, old));
        if (permit is null) yield break;
        var taken = CatalogEntities.PermitOf(row, permit);
        yield return left is null ? new(TableTransactionActionType.Add, taken) : new(TableTransactionActionType.UpdateReplace, taken, left.ETag);
    }

    /// <summary>Where a job's row lies besides.</summary>
    private static string?[] Keys(JobRow row) => [CatalogKeys.JobByTime(row), CatalogKeys.JobByPool(row), CatalogKeys.JobByExpiry(row)];
}
