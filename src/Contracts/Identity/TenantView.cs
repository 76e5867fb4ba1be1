namespace Ptune.Contracts.Identity;

/// <summary>A tenant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">What it may have.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was last changed.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="Use">How its account of device-hours stands; null where nobody has looked. It is not stored.</param>
[GenerateSerializer, Immutable, Alias("ptune.TenantView")]
public sealed record TenantView(string Name, TenantSettings Settings, DateTimeOffset Created, DateTimeOffset Updated, string By, BudgetUse? Use = null);
