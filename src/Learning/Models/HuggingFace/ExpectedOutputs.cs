using Ptune.Learning.Formats;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// A safetensors file with inputs (<see cref="ModelInputs"/>) and what is expected of a model on them: <c>logits</c>, CLIP's <c>logits_per_image</c>, or an encoder's <c>last_hidden_state</c>;
/// other tensors in it are ignored. Masked positions do not count. Logits of a language model may be those of the last positions only.
/// </summary>
internal sealed class ExpectedOutputs : IDisposable
{
    public const string LogitsName = "logits";
    public const string ImageLogitsName = "logits_per_image";

    /// <summary>Of an encoder without a head: the states after the last block.</summary>
    public const string StatesName = "last_hidden_state";

    private const string _rounded = "logits_bf16";
    private static readonly string[] _outputs = [LogitsName, ImageLogitsName, StatesName];

    private readonly SafetensorsFile _file;
    private readonly string _output;

    public ExpectedOutputs(string path)
    {
        _file = SafetensorsFile.Open(path);
        _output = _outputs.FirstOrDefault(Has) ?? throw new LearningException($"{path} holds none of {string.Join(", ", _outputs)}.");
        Inputs = new ModelInputs(path, name => Has(name) ? _file.Tensor(name) : null);
    }

    public ModelInputs Inputs { get; }

    /// <summary>Whether states are expected, and not logits.</summary>
    public bool IsStates => _output == StatesName;

    /// <summary>How far the original library's own bf16 outputs lie from its f32 ones.</summary>
    public double RoundedDifference() => Has(_rounded)
        ? Difference(_file.Tensor(_rounded))
        : throw new LearningException($"{_file.Path} holds no {_rounded}, by which bfloat16 is judged: twice what the original library's own rounding is away from {_output} is allowed.");

    /// <summary>The largest difference, relative to the largest expected absolute value; NaN where an output is.</summary>
    /// <param name="actual">What the model gives on all positions.</param>
    public double Difference(Tensor actual)
    {
        var expected = _file.Tensor(_output).to_type(ScalarType.Float64);
        bool isText = expected.dim() == 3 && actual.dim() == 3;
        if (isText && expected.shape[1] is > 0 and var last && last < actual.shape[1]) actual = actual.narrow(1, actual.shape[1] - last, last);
        if (!actual.shape.AsSpan().SequenceEqual(expected.shape))
            throw new LearningException($"{_file.Path}: {_output} is {Readable.Shape(expected.shape)}, and the model gives {Readable.Shape(actual.shape)}.");
        var difference = (actual.to_type(ScalarType.Float64) - expected).abs();
        if (isText)
        {
            var mask = Inputs.Mask;
            var masked = mask.narrow(1, mask.shape[1] - expected.shape[1], expected.shape[1]).to_type(ScalarType.Bool).unsqueeze(-1).logical_not();
            (difference, expected) = (difference.MaskedFill(masked, 0), expected.MaskedFill(masked, 0));
        }

        double largest = expected.abs().max().item<double>(), worst = difference.max().item<double>();
        return largest > 0 ? worst / largest : worst;
    }

    public void Dispose() => _file.Dispose();

    private bool Has(string name) => _file.Header.Entries.ContainsKey(name);
}
