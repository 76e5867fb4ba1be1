namespace Ptune.Contracts.Http;

/// <summary>With whom an artifact is to be shared, or no longer.</summary>
/// <param name="With">A tenant's name, or <see cref="All"/>.</param>
public sealed record ShareRequest(string With)
{
    /// <summary>All tenants, also those that are created later.</summary>
    public const string All = "all";
}
