using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Inputs of a model by transformers' names (<c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c>, <c>pixel_values</c>), checked before they are computed with.</summary>
/// <param name="source">Where they come from, for messages.</param>
/// <param name="find">The tensor of that name; null: there is none.</param>
internal sealed class ModelInputs(string source, Func<string, Tensor?> find)
{
    public const string IdsName = "input_ids";
    public const string MaskName = "attention_mask";
    public const string SegmentsName = "token_type_ids";
    public const string PixelsName = "pixel_values";

    /// <summary>[B, T]: 1 where a token is.</summary>
    public Tensor Mask => find(MaskName)?.to_type(ScalarType.Int64) ?? ones_like(Read(IdsName).to_type(ScalarType.Int64));

    /// <summary>[B, T] i64, all below <paramref name="vocabulary"/>.</summary>
    public Tensor Tokens(long vocabulary) => Within(IdsName, Read(IdsName), vocabulary);

    /// <summary>[B, T] i64; null: none are given.</summary>
    public Tensor? Segments(long count) => find(SegmentsName) is { } segments ? Within(SegmentsName, segments, count) : null;

    public Tensor Pixels(ScalarType type) => Read(PixelsName).to_type(type);

    private Tensor Read(string name) => find(name) ?? throw new LearningException($"{source} holds no {name}, which such a model reads.");

    private Tensor Within(string name, Tensor values, long count)
    {
        var ids = values.to_type(ScalarType.Int64);
        if (ids.dim() != 2) throw new LearningException($"{source}: {name} is {Readable.Shape(ids.shape)}; it must be [texts, tokens].");
        if (ids.NumberOfElements == 0) throw new LearningException($"{source}: {name} is empty.");
        long least = ids.min().item<long>(), most = ids.max().item<long>();
        return least >= 0 && most < count ? ids : throw new LearningException($"{source}: {name} holds {(least < 0 ? least : most)}, and the model's ids are 0 to {count - 1}.");
    }
}
