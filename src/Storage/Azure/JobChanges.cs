using Azure.Data.Tables;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>What a job's row changes in its tenant's partition: pure, so that every case can be tested by itself.</summary>
internal static class JobChanges
{
    /// <param name="row">The row to write.</param>
    /// <param name="standing">The row by id that stands, or null.</param>
    /// <returns>One transaction, guarded by the row by id; empty when the row that stands is as new.</returns>
    public static TableTransactionAction[] Of(JobRow row, TableEntity? standing)
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
        string?[] keys = [CatalogKeys.JobByTime(row), CatalogKeys.JobByPool(row)];
        string?[] oldKeys = before is null ? [] : [CatalogKeys.JobByTime(before), CatalogKeys.JobByPool(before)];
        foreach (var key in keys.OfType<string>())
            changes.Add(new(TableTransactionActionType.UpsertReplace, CatalogEntities.Of(row, key)));
        foreach (var key in oldKeys.OfType<string>().Except(keys.OfType<string>()))
            changes.Add(new(TableTransactionActionType.Delete, new TableEntity(row.Tenant, key)));
        return [.. changes];
    }
}
