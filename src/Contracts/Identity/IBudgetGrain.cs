namespace Ptune.Contracts.Identity;

/// <summary>A tenant's account of device-hours; the key is the tenant's name. It stores nothing: what is spent and reserved is in the catalog.</summary>
[Alias("ptune.IBudgetGrain")]
public interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>How the account stands.</summary>
    /// <param name="budget">In device-hours a month; null: none.</param>
    [Alias("Get")]
    Task<BudgetUse> Get(double? budget);

    /// <summary>Whether new work would fit into what is left: as <see cref="Admit"/>, but nothing is kept.</summary>
    [Alias("Ask")]
    Task<string?> Ask(BudgetRequest request);

    /// <summary>Whether new work fits into what is left; then that much is kept for it until the catalog knows it.</summary>
    /// <returns>Why it does not, in words; null when it does.</returns>
    [Alias("Admit")]
    Task<string?> Admit(BudgetRequest request);
}
