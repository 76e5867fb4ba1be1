using Orleans.Concurrency;
using Ptune.Contracts.Stores;

namespace Ptune.Contracts.Registry;

/// <summary>The names of one model family's versions: the key is <c>TENANT/NAME</c>, "vit" of vit@v2.</summary>
[Alias("ptune.IRegistryGrain")]
public interface IRegistryGrain : IGrainWithStringKey
{
    /// <summary>Points <c>NAME@version</c> at a digest. The same digest again changes nothing; another one moves the alias, and the history keeps the old one.</summary>
    [Alias("Publish")]
    Task<AliasRow> Publish(string version, string digest);

    /// <summary>The digest, or null for an unknown version.</summary>
    [Alias("Resolve"), AlwaysInterleave]
    Task<string?> Resolve(string version);

    /// <summary>Every publication, oldest first.</summary>
    [Alias("History"), AlwaysInterleave]
    Task<AliasRow[]> History();
}
