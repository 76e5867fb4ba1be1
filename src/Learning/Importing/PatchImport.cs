using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Importing;

/// <summary>Makes an artifact of a PEFT folder: it is compared with its base tensor by tensor, and golden outputs of base and adapter are computed in f32. The artifact is a folder that PEFT loads.</summary>
public static class PatchImport
{
    private static readonly string[] _beside = ["README.md", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

    /// <exception cref="LearningException">A folder is refused, the adapter does not fit the base, or the target is not empty.</exception>
    /// <exception cref="IOException">The target cannot be written, for example because the disk is full.</exception>
    public static ImportedPatch Run(PatchImportOptions options, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        OutputFolder.RefuseUsed(options.Target);
        using var scope = NewDisposeScope();
        using var peft = PeftFolder.Open(options.Folder);
        var model = ModelArtifact.Open(options.Base);
        using var network = model.Network(ScalarType.Float32, CPU);
        string weights = options.BaseWeights ?? WeightsFingerprint.Of(model, stop);
        var inputs = ProbeInputs.Of(model.Config, TokenizerEntries.Read(model.Files));
        using var alone = Outputs(network, inputs, null);
        using var adapter = peft.Attach(network, [.. options.BaseNames, options.Base], CPU);
        using var with = Outputs(network, inputs, adapter.Prompt);
        double change = Change(alone, with);
        var names = new List<string> { PeftFolder.ConfigFile, PeftFolder.WeightsFile };
        var files = new FolderFiles(options.Folder);
        names.AddRange(_beside.Where(name => files.Find(name) is not null));
        OutputFolder.Fill(options.Target, PeftFolder.ConfigFile, inside =>
        {
            KeptFiles.Copy(files, names, inside, stop);
            if (peft.Config is LoraPeftConfig) WritePrefixes(Path.Combine(inside, PeftFolder.WeightsFile));
            GoldenOutputs.Write(Path.Combine(inside, GoldenOutputs.FileName), network, inputs, adapter.Prompt);
        });
        var (outputSpace, labels) = FolderImport.OutputSpaceOf(model);
        var facts = FactsOf(peft.Config, adapter) with { BaseWeights = weights, OutputSpace = outputSpace, Labels = labels, ProbeChange = change };
        string[] idle = change == 0 ? ["The adapter changes none of the base's outputs on a probe."] : [];
        return new ImportedPatch([.. names.Append(GoldenOutputs.FileName).Order(StringComparer.Ordinal)], facts, [.. model.Notes, .. peft.Notes, .. idle]);
    }

    /// <summary>Whether a loaded base with its adapter computes what it did when the adapter was imported.</summary>
    /// <param name="artifact">The patch's folder.</param>
    /// <param name="type">What the network computes in.</param>
    /// <exception cref="ModelRefusedException">It does not.</exception>
    internal static void Verify(string artifact, Network network, ScalarType type, SoftPrompt? prompt) => GoldenOutputs.Verify(Path.Combine(artifact, GoldenOutputs.FileName), network, type, prompt);

    private static Tensor Outputs(Network network, IReadOnlyDictionary<string, Tensor> inputs, SoftPrompt? prompt)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var outputs = ModelOutputs.Of(network, new ModelInputs("the probe", inputs.GetValueOrDefault), prompt, ScalarType.Float32);
        // Without the padded positions at the beginning, whose states mean nothing.
        return (outputs.dim() == 3 ? outputs.narrow(1, outputs.shape[1] - 1, 1) : outputs).clone().MoveToOuterDisposeScope();
    }

    private static double Change(Tensor alone, Tensor with)
    {
        using var scope = NewDisposeScope();
        return ((with - alone).abs().max() / alone.abs().max()).item<float>();
    }

    // PEFT finds nothing under other names, and only warns.
    private static void WritePrefixes(string path)
    {
        string renamed = $"{path}.renamed";
        using (var file = SafetensorsFile.Open(path))
        {
            if (file.Header.Entries.Keys.Any(key => key.StartsWith(PeftFolder.Prefix, StringComparison.Ordinal))) return;
            SafetensorsWriter.Write(renamed, file.Header.Entries.Select(pair => TensorBytes.WhenWritten(PeftFolder.Prefix + pair.Key, pair.Value.Type, pair.Value.Shape, () => file.Tensor(pair.Key))), new Dictionary<string, string> { ["format"] = "pt" });
        }

        File.Move(renamed, path, overwrite: true);
    }

    private static PatchFacts FactsOf(PeftConfig config, Adapter adapter)
    {
        var modules = adapter.Layout?.Lora ?? [];
        return new PatchFacts
        {
            Kind = config switch { LoraPeftConfig { Settings.RankStabilized: true } => "rslora", LoraPeftConfig => "lora", _ => "softPrompt" },
            Rank = modules.Count > 0 ? modules.Max(module => module.Rank) : null,
            Alpha = (config as LoraPeftConfig)?.Settings.Alpha,
            VirtualTokens = (config as PromptPeftConfig)?.VirtualTokens,
            Targets = [.. modules.Select(module => module.Name.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal)],
            Saved = [.. (adapter.Layout?.Parts ?? []).Where(part => part.Parameter is not null).Select(part => part.Key[..part.Key.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal)],
            Parameters = adapter.Parameters.Count,
            BaseName = config.Base,
            BaseWeights = "",
            OutputSpace = null,
            Labels = null,
            ProbeChange = 0,
        };
    }
}
