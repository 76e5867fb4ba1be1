namespace Ptune.Contracts.Http;

/// <summary>How much the store holds, of all tenants.</summary>
/// <param name="Bytes">The sum of <paramref name="Kinds"/> without the worker's cache.</param>
/// <param name="Largest">The largest first.</param>
public sealed record StoreUsageView(StoreUsageRow[] Kinds, long Bytes, LargeItem[] Largest);
