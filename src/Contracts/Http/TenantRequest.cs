using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Http;

/// <summary>A tenant that somebody wants.</summary>
/// <param name="Name">Lower-case letters, digits and '-', at most 63.</param>
/// <param name="Settings">What it may have; null: no limits, weight 1.</param>
public sealed record TenantRequest(string Name, TenantSettings? Settings = null);
