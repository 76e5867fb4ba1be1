using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Says what a model's folder is, and compares its outputs with expected ones.</summary>
public static class ModelCheck
{
    private static readonly Dictionary<string, ScalarType> _types = new() { ["float32"] = ScalarType.Float32, ["bfloat16"] = ScalarType.BFloat16 };

    /// <summary>Checks a folder on the CPU.</summary>
    /// <exception cref="LearningException">The folder is refused, or the expected outputs are not for such a model.</exception>
    /// <exception cref="FileNotFoundException">There is no such file of expected outputs.</exception>
    public static ModelCheckResult Run(ModelCheckOptions options)
    {
        TorchRuntime.EnsureLoaded();
        if (!_types.TryGetValue(options.Dtype, out var type)) throw new LearningException($"dtype '{options.Dtype}' is not one of {string.Join(", ", _types.Keys)}.");
        if (!(options.Tolerance >= 0)) throw new LearningException($"tolerance is {options.Tolerance}, and a number from 0 on is due.");
        using var check = Preflight.Check(options.Folder);
        var facts = check.Facts;
        var result = new ModelCheckResult
        {
            Family = facts.Family,
            Parameters = facts.Parameters,
            Dtypes = facts.Types,
            Context = facts.Context,
            OutputSpace = facts.OutputSpace,
            Tokenizer = facts.TokenizerEntries,
            Template = facts.HasChatTemplate,
            Licence = facts.Licence ?? options.Licence ?? "unknown",
            Notes = check.Notes,
        };
        return options.Expect is null ? result : Compare(result, check.Folder, options, type);
    }

    private static ModelCheckResult Compare(ModelCheckResult result, PretrainedFolder folder, ModelCheckOptions options, ScalarType type)
    {
        using var expect = new ExpectedOutputs(options.Expect!);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double? rounded = type == ScalarType.BFloat16 ? expect.RoundedDifference() : null;
        using var network = folder.Network(type, CPU);
        double difference = expect.Difference(network switch
        {
            Decoder decoder => decoder.Logits(expect.Tokens(decoder.Vocabulary), SequenceLayout.Padded(expect.Mask)),
            Bert bert => bert.Forward(expect.Tokens(bert.Config.Vocabulary), expect.Mask, expect.Segments(bert.Config.Segments)),
            HfVit vit => vit.Forward(expect.Pixels(type)),
            Clip clip => clip.Logits(clip.Images(expect.Pixels(type)), clip.Texts(expect.Tokens(clip.Config.Vocabulary))),
            _ => throw new InvalidOperationException($"{network.GetType().Name} is not compared."),
        });
        return result with { Difference = difference, Allowed = rounded is { } theirs ? 2 * theirs : options.Tolerance };
    }
}
