using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// A safetensors file with inputs (<c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c>, <c>pixel_values</c>) and what the original library
/// computes on them (<c>logits</c>, or CLIP's <c>logits_per_image</c>); other tensors in it are ignored. Masked positions do not count.
/// </summary>
internal sealed class ExpectedOutputs : IDisposable
{
    private const string _ids = "input_ids";
    private const string _mask = "attention_mask";
    private const string _segments = "token_type_ids";
    private const string _pixels = "pixel_values";
    private const string _rounded = "logits_bf16";
    private static readonly string[] _outputs = ["logits", "logits_per_image"];

    private readonly SafetensorsFile _file;
    private readonly string _output;

    public ExpectedOutputs(string path)
    {
        _file = SafetensorsFile.Open(path);
        _output = _outputs.FirstOrDefault(Has) ?? throw new LearningException($"{path} holds none of {string.Join(", ", _outputs)}.");
    }

    /// <summary>[B, T]: 1 where a token is.</summary>
    public Tensor Mask => Has(_mask) ? Read(_mask).to_type(ScalarType.Int64) : ones_like(Ids);

    private Tensor Ids => Read(_ids).to_type(ScalarType.Int64);

    /// <summary>[B, T] i64, all below <paramref name="vocabulary"/>.</summary>
    public Tensor Tokens(long vocabulary) => Within(_ids, vocabulary);

    /// <summary>[B, T] i64; null: none are given.</summary>
    public Tensor? Segments(long count) => Has(_segments) ? Within(_segments, count) : null;

    public Tensor Pixels(ScalarType type) => Read(_pixels).to_type(type);

    /// <summary>How far the original library's own bf16 outputs lie from its f32 ones.</summary>
    public double RoundedDifference() => Has(_rounded)
        ? Difference(Read(_rounded))
        : throw new LearningException($"{_file.Path} holds no {_rounded}, by which bfloat16 is judged: twice what the original library's own rounding is away from {_output} is allowed.");

    /// <summary>The largest difference, relative to the largest expected absolute value; NaN where an output is.</summary>
    public double Difference(Tensor actual)
    {
        var expected = Read(_output).to_type(ScalarType.Float64);
        if (!actual.shape.AsSpan().SequenceEqual(expected.shape))
            throw new LearningException($"{_file.Path}: {_output} is {Readable.Shape(expected.shape)}, and the model gives {Readable.Shape(actual.shape)}.");
        var difference = (actual.to_type(ScalarType.Float64) - expected).abs();
        if (expected.dim() == 3)
        {
            var real = Mask.to_type(ScalarType.Bool).unsqueeze(-1);
            (difference, expected) = (difference.masked_fill(real.logical_not(), 0), expected.masked_fill(real.logical_not(), 0));
        }

        double largest = expected.abs().max().item<double>(), worst = difference.max().item<double>();
        return largest > 0 ? worst / largest : worst;
    }

    public void Dispose() => _file.Dispose();

    private bool Has(string name) => _file.Header.Entries.ContainsKey(name);

    private Tensor Read(string name) => Has(name) ? _file.Tensor(name) : throw new LearningException($"{_file.Path} holds no {name}, which such a model reads.");

    private Tensor Within(string name, long count)
    {
        var ids = Read(name).to_type(ScalarType.Int64);
        if (ids.dim() != 2) throw new LearningException($"{_file.Path}: {name} is {Readable.Shape(ids.shape)}, and [texts, tokens] is due.");
        if (ids.NumberOfElements == 0) throw new LearningException($"{_file.Path}: {name} is empty.");
        long least = ids.min().item<long>(), most = ids.max().item<long>();
        return least >= 0 && most < count ? ids : throw new LearningException($"{_file.Path}: {name} holds {(least < 0 ? least : most)}, and the model's are 0 to {count - 1}.");
    }
}
