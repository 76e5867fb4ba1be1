using Ptune.Contracts.Identity;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Checks;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using static TorchSharp.torch;

namespace Ptune.Learning.Importing;

/// <summary>
/// Makes an artifact of a Hugging Face folder: the pre-flight, the model's files as they are (or a reference to them), and golden outputs computed in f32.
/// The artifact is a folder that transformers loads.
/// </summary>
public static class FolderImport
{
    /// <exception cref="LearningException">The folder is refused, or the target is not empty.</exception>
    /// <exception cref="IOException">The target cannot be written, for example because the disk is full.</exception>
    public static ImportedModel Run(ModelImportOptions options, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        bool inPlace = Path.GetFullPath(options.Target) == Path.GetFullPath(options.Folder);
        if (inPlace && options.ByReference) throw new ModelRefusedException("A folder cannot hold a reference to itself.");
        if (!inPlace) OutputFolder.RefuseUsed(options.Target);
        using var check = Preflight.Check(options.Folder, options.WithoutHead);
        var names = KeptFiles.Of(check.Folder);
        var facts = FactsOf(check, options.Licence, stop);
        if (inPlace) WriteGolden(options.Folder, options.Folder, stop);
        else OutputFolder.Fill(options.Target, PretrainedFolder.ConfigFile, inside => Fill(check.Folder, names, inside, options.ByReference, stop));
        string[] files = options.ByReference ? [FolderReference.FileName] : [.. names];
        return new ImportedModel([.. files.Append(GoldenOutputs.FileName).Order(StringComparer.Ordinal)], facts, [.. check.Notes, .. Notes(facts)]);
    }

    private static void Fill(PretrainedFolder folder, IReadOnlyList<string> names, string inside, bool byReference, CancellationToken stop)
    {
        if (byReference) FolderReference.Of(folder.Files, names, stop).Write(Path.Combine(inside, FolderReference.FileName));
        else KeptFiles.Copy(folder.Files, names, inside, stop);
        // Computed with what was written, so that a copy that went wrong is seen.
        WriteGolden(byReference ? folder.Files.Folder : inside, inside, stop);
    }

    private static void WriteGolden(string model, string target, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var folder = Open(model);
        var probe = ProbeInputs.Of(folder.Config, TokenizerEntries.Read(folder.Files));
        bool isHeadless = folder.IsHeadless;
        using var network = folder.Network(ScalarType.Float32, CPU);
        GoldenOutputs.Write(Path.Combine(target, GoldenOutputs.FileName), network, probe, states: isHeadless);
    }

    /// <summary>Where the head is missing, any will do: it is the states that are computed.</summary>
    private static PretrainedFolder Open(string model)
    {
        var folder = PretrainedFolder.OpenWithoutHead(model);
        if (!folder.IsHeadless) return folder;
        folder.Dispose();
        return PretrainedFolder.Open(model, new NewHead(["0", "1"], Seed: 0));
    }

    internal static (string? Fingerprint, IReadOnlyList<string>? Labels) OutputSpaceOf(PretrainedFolder folder)
    {
        var labels = folder.Config switch { BertConfig or HfVitConfig => folder.Config.Classes, _ => null };
        if (labels is not null) return (OutputSpace.OfLabels(labels), labels);
        return (folder.Config is DecoderConfig && TokenizerEntries.Map(folder.Files) is { Count: > 0 } tokens ? OutputSpace.OfTokens(tokens) : null, null);
    }

    private static ModelFacts FactsOf(Preflight check, string? licence, CancellationToken stop)
    {
        var (outputSpace, labels) = OutputSpaceOf(check.Folder);
        return new ModelFacts
        {
            Family = check.Facts.Family,
            Parameters = check.Facts.Parameters,
            Dtypes = check.Facts.Types,
            Vocabulary = (check.Folder.Config as DecoderConfig)?.Vocabulary,
            Context = check.Facts.Context,
            Licence = check.Facts.Licence ?? licence ?? "unknown",
            OutputSpace = outputSpace,
            Labels = labels,
            HasChatTemplate = check.Facts.HasChatTemplate,
            Shape = check.Folder.Config.Shape,
            Weights = WeightsFingerprint.Of(check.Folder, stop),
        };
    }

    private static IEnumerable<string> Notes(ModelFacts facts)
    {
        if (facts.Vocabulary is not null && facts.OutputSpace is null)
            yield return $"There is no {TokenizerEntries.FileName}, so which token has which id is not known: texts cannot be used with the model, and rewards cannot be carried to it.";
        if (facts.Licence == "unknown") yield return "README.md does not say the licence; it is recorded as unknown.";
    }
}
