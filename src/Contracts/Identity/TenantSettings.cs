namespace Ptune.Contracts.Identity;

/// <summary>What a tenant may have.</summary>
/// <param name="Weight">Its share of a pool while others of the same priority also wait, relative to their weights.</param>
/// <param name="MaxRunning">How many of its jobs may run in a pool at a time; null: no limit.</param>
/// <param name="MaxQueued">How many of its jobs may wait in a pool's queue at a time; null: no limit.</param>
/// <param name="Pools">The pools that its jobs may go to; null: all.</param>
/// <param name="Models">The models that its jobs may start from: <c>NAME@VERSION</c>, <c>NAME</c> for all versions, or a digest; null: all.</param>
/// <param name="Licences">The licences of models that its jobs may start from, as <c>ptune models check</c> shows them; null: all.</param>
/// <param name="Budget">The device-hours that its jobs may take in a calendar month, UTC; null: no limit.</param>
[GenerateSerializer, Immutable, Alias("ptune.TenantSettings")]
public sealed record TenantSettings(
    double Weight = 1, int? MaxRunning = null, int? MaxQueued = null, string[]? Pools = null, string[]? Models = null, string[]? Licences = null, double? Budget = null);
