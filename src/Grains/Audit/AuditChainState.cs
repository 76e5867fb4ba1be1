namespace Ptune.Grains.Audit;

/// <summary>The ends of a chain, as they are stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.AuditChainState")]
public sealed record AuditChainState
{
    /// <summary>The newest row that is known to be stored.</summary>
    [Id(0)] public long Sequence { get; init; }

    [Id(1)] public string Digest { get; init; } = "";

    /// <summary>The oldest row that is kept.</summary>
    [Id(2)] public long Start { get; init; } = 1;

    /// <summary>The digest of the row before it.</summary>
    [Id(3)] public string Before { get; init; } = "";

    /// <summary>Of the system's chain: all others.</summary>
    [Id(4)] public string[] Chains { get; init; } = [];
}
