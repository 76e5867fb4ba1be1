using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Http;

/// <summary>What a store holds besides artifacts, in the words of <see cref="StoreUsageRow.Kind"/>.</summary>
public static class StoreKinds
{
    public const string Checkpoints = "checkpoints";
    public const string Logs = "logs";

    /// <summary>Files that clients have sent and that are no artifact's.</summary>
    public const string Uploads = "uploads";
    public const string UnfinishedUploads = "unfinished uploads";

    /// <summary>Content that belongs to nothing: an attempt that was given up has left it, or it is of an artifact that is being stored.</summary>
    public const string Unused = "unused";

    /// <summary>The cache of the server's own worker: artifacts that it has fetched, data sets. It lies beside the store. What can be made again has kinds of its own.</summary>
    public const string WorkerCache = "worker cache";

    /// <summary>What frozen language models make of texts, in the cache of the server's own worker.</summary>
    public const string HiddenStates = "hidden states";

    /// <summary>Tokens of texts that jobs have read, in the same place.</summary>
    public const string EncodedTexts = "encoded texts";

    /// <summary>Which split each text of a data set lies in, in the same place.</summary>
    public const string Splits = "splits of texts";

    /// <summary>Weights in another type than they are stored in, in the same place.</summary>
    public const string ConvertedWeights = "converted weights";

    public static string Of(ArtifactKind kind) => kind.ToString().ToLowerInvariant();
}
