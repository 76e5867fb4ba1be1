namespace Ptune.Contracts.Identity;

/// <summary>One API key; the grain's key is its id.</summary>
[Alias("ptune.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes the key; null when the id is taken.</summary>
    [Alias("Create")]
    Task<ApiKeyView?> Create(ApiKeyCreation creation);

    /// <summary>The key as it is stored; null when there is none.</summary>
    [Alias("Find")]
    Task<ApiKeyRecord?> Find();

    /// <summary>Revokes it for good; null when there is none. Silos that remember the key are told by whoever calls this.</summary>
    [Alias("Revoke")]
    Task<ApiKeyView?> Revoke(string by);

    /// <summary>It was used.</summary>
    [Alias("Used")]
    Task Used();
}
