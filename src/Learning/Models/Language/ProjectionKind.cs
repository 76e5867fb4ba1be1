namespace Ptune.Learning.Models.Language;

/// <summary>How queries, keys and values are stored.</summary>
internal enum ProjectionKind
{
    /// <summary>Three layers.</summary>
    Separate,

    /// <summary>One layer: all queries, then all keys, then all values (GPT-2).</summary>
    Packed,

    /// <summary>One layer: for each head its query, key and value (GPT-NeoX).</summary>
    Interleaved,
}
