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

    /// <summary>How a patch or model was tuned: full, head, lora, adapter or softPrompt.</summary>
    public const string Method = "method";

    /// <summary>The digest of the model that a patch belongs to.</summary>
    public const string Base = "base";

    /// <summary>What to know before the figures are believed; of a job's result only, not of its artifact.</summary>
    public const string Warning = "warning";

    /// <summary>The name of a split's index digest: SHA-256 of its index file, one row number a line.</summary>
    public static string SplitIndex(Split split) => $"splits.{split.ToString().ToLowerInvariant()}";
}
