namespace Ptune.Contracts.Http;

/// <summary>One of the things that take most of the store.</summary>
/// <param name="Kind">As in <see cref="StoreUsageRow"/>.</param>
/// <param name="Id">An artifact's digest, a job's id, or an upload's digest.</param>
/// <param name="Names">An artifact's aliases.</param>
public sealed record LargeItem(string Kind, string Tenant, string Id, string[] Names, long Bytes);
