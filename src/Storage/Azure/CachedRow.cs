using Azure.Data.Tables;

namespace Ptune.Storage.Azure;

/// <param name="Row">The row that is believed to stand, with its ETag; null: none.</param>
internal readonly record struct CachedRow(TableEntity? Row);
