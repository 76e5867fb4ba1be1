using Orleans.Concurrency;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Stores;

namespace Ptune.Contracts.Registry;

/// <summary>The names of one model family's versions: the key is <c>TENANT/NAME</c>, "vit" of vit@v2.</summary>
[Alias("ptune.IRegistryGrain")]
public interface IRegistryGrain : IGrainWithStringKey
{
    /// <summary>Points <c>NAME@version</c> at a digest. The same digest again changes nothing; another one moves the alias, and the history keeps the old one.</summary>
    [Alias("Publish")]
    Task<AliasRow> Publish(string version, string digest);

    /// <summary>Lets <c>NAME@version</c> stand for a digest. A name that stands for another digest is only moved where <paramref name="move"/> says so.</summary>
    /// <param name="by">Who asks, for the history; null: nobody said.</param>
    /// <param name="stamp">Who asks, for the audit trail; null: nobody outside does.</param>
    [Alias("Set")]
    Task<NameReply> Set(string version, string digest, bool move, string? by, AuditStamp? stamp = null);

    /// <summary>Removes a name; the history keeps it. Null when there is no such name.</summary>
    /// <param name="digest">It is removed only while it stands for this digest; null: whatever it stands for.</param>
    [Alias("Remove")]
    Task<AliasRow?> Remove(string version, string? digest, string? by, AuditStamp? stamp = null);

    /// <summary>The digest, or null for an unknown version.</summary>
    [Alias("Resolve"), AlwaysInterleave]
    Task<string?> Resolve(string version);

    /// <summary>Every publication and removal, oldest first.</summary>
    [Alias("History"), AlwaysInterleave]
    Task<AliasRow[]> History();
}
