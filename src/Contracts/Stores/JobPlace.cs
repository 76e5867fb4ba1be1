namespace Ptune.Contracts.Stores;

/// <summary>A row's place in a listing, which is ordered by descending time of creation, then by id.</summary>
[GenerateSerializer, Immutable, Alias("ptune.JobPlace")]
public sealed record JobPlace(DateTimeOffset Created, string JobId)
{
    /// <summary>True for a row that comes after this place.</summary>
    public bool IsBefore(JobRow row) => row.Created < Created || (row.Created == Created && string.CompareOrdinal(row.JobId, JobId) > 0);
}
