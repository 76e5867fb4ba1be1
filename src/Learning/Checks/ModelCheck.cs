using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Checks;

/// <summary>Says what a model's folder is, and compares its outputs with expected ones.</summary>
public static class ModelCheck
{
    /// <summary>Checks a folder on the CPU.</summary>
    /// <exception cref="LearningException">The folder is refused, or the expected outputs are not for such a model.</exception>
    /// <exception cref="FileNotFoundException">There is no such file of expected outputs.</exception>
    public static ModelCheckResult Run(ModelCheckOptions options)
    {
        TorchRuntime.EnsureLoaded();
        var type = ComputeTypes.Of(options.Dtype);
        if (!(options.Tolerance >= 0)) throw new LearningException($"tolerance is {options.Tolerance}; it must be 0 or more.");
        using var check = Preflight.Check(options.Folder, options.WithoutHead);
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
        if (options.Expect is null && options.Adapter is null) return result;
        if (check.Folder.IsHeadless)
            throw new ModelRefusedException($"{options.Folder} is an encoder without a classification head: it has no outputs yet, so there is nothing to compare{(options.Adapter is null ? "" : " and nothing for an adapter to change")}. Check it without {(options.Expect is null ? "an adapter" : "expected outputs")}, or check what fine-tuning on labels has made of it.");
        // An adapter is judged on its base, whether or not outputs are compared.
        using var network = check.Folder.Network(type, CPU);
        using var adapterFolder = options.Adapter is null ? null : PeftFolder.Open(options.Adapter);
        using var adapter = adapterFolder?.Attach(network, options.IsOwnBase ? null : [options.Folder], CPU);
        result = result with { Notes = [.. result.Notes, .. adapterFolder?.Notes ?? []] };
        return options.Expect is null ? result : Compare(result, network, adapter?.Prompt, options, type);
    }

    private static ModelCheckResult Compare(ModelCheckResult result, Network network, SoftPrompt? prompt, ModelCheckOptions options, ScalarType type)
    {
        using var expect = new ExpectedOutputs(options.Expect!);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double? rounded = type == ScalarType.BFloat16 ? expect.RoundedDifference() : null;
        double difference = expect.Difference(ModelOutputs.Expected(network, expect, prompt, type));
        return result with { Difference = difference, Allowed = rounded is { } theirs ? 2 * theirs : options.Tolerance };
    }
}
