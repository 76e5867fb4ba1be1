using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Artifacts;

/// <summary>The names of a result's texts: what it was made from, in digests, and where.</summary>
public static class AttributeNames
{
    /// <summary>Fingerprint of the output space: see <see cref="Identity.OutputSpace"/>.</summary>
    public const string OutputSpace = "outputSpace";

    /// <summary>Fingerprint of the examples: files, split, count and shift.</summary>
    public const string Data = "data";

    /// <summary>The architecture's kind: vit, cnn or mlp.</summary>
    public const string Architecture = "architecture";

    /// <summary>Height and width of the images, "28x28".</summary>
    public const string InputSize = "inputSize";

    /// <summary>A model's family, Hugging Face's <c>model_type</c>.</summary>
    public const string Family = "family";

    /// <summary>What weights are stored in: float32, bfloat16 or float16.</summary>
    public const string Dtype = "dtype";

    /// <summary>Tokens that a model was made for.</summary>
    public const string Context = "context";

    /// <summary>A model's licence, as its card says it; unknown where nothing does.</summary>
    public const string Licence = "licence";

    /// <summary>Digest of a model's parameters, however they lie in files; of a patch, of its base's.</summary>
    public const string Weights = "weights";

    /// <summary>The layers that have a low-rank delta.</summary>
    public const string Targets = "targets";

    /// <summary>What an import found worth a sentence, a line each.</summary>
    public const string Notes = "notes";

    /// <summary>The commit of a hub's repository that a model was fetched at.</summary>
    public const string Commit = "commit";

    /// <summary>How a patch or model was tuned: full, head, lora, adapter or softPrompt.</summary>
    public const string Method = "method";

    /// <summary>The digest of the model that a patch or a reward belongs to.</summary>
    public const string Base = "base";

    /// <summary>The temperature that a reward was trained with.</summary>
    public const string Lambda = "lambda";

    /// <summary>The digest of the parameters of the source that a reward was trained beside.</summary>
    public const string SourceWeights = "sourceWeights";

    /// <summary>What a reward's weights were before training: source, zeroHead or scratch.</summary>
    public const string Initialization = "initialization";

    /// <summary>What to know before the figures are believed; of a job's result only, not of its artifact.</summary>
    public const string Warning = "warning";

    /// <summary>The name of a split's index digest: SHA-256 of its index file, one row number a line.</summary>
    public static string SplitIndex(Split split) => $"splits.{split.ToString().ToLowerInvariant()}";
}
