using Ptune.Contracts.Http;

namespace Ptune.Silo.Stores;

/// <summary>What executors keep below the worker's cache and can make again at any time, each within a budget of its own. What was fetched is not among it.</summary>
internal static class RemakableFiles
{
    /// <summary>The folders below the cache, and what a store calls what is in them.</summary>
    public static readonly IReadOnlyList<(string Folder, string Kind)> Folders =
    [
        (Path.Combine("data", "states"), StoreKinds.HiddenStates),
        (Path.Combine("data", "encodings"), StoreKinds.EncodedTexts),
        (Path.Combine("data", "splits"), StoreKinds.Splits),
        (Path.Combine("data", "weights"), StoreKinds.ConvertedWeights),
    ];
}
