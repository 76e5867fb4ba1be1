namespace Ptune.Contracts.Identity;

/// <summary>Which API keys there are, for listings; there is one, with the key <see cref="Key"/>.</summary>
[Alias("ptune.IApiKeyIndexGrain")]
public interface IApiKeyIndexGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "keys";

    /// <summary>How many keys there may be. A listing asks each of them.</summary>
    const int Most = 10_000;

    /// <summary>Notes a key that is about to be made; false when there are too many.</summary>
    [Alias("Add")]
    Task<bool> Add(ApiKeyPlace place);

    /// <summary>The ids of a tenant's keys, oldest first.</summary>
    /// <param name="tenant">Null: of all tenants.</param>
    [Alias("List")]
    Task<string[]> List(string? tenant);
}
