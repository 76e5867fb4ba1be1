using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Checks;

/// <summary>
/// Everything that is checked of a folder before it is imported: what <see cref="PretrainedFolder.Open"/> checks without touching weights, and then
/// that every number is finite, that the tokenizer fits, and how the model wants to be asked.
/// </summary>
internal sealed class Preflight : IDisposable
{
    private const long _checkedAtOnce = 1 << 24;
    private const int _shownLabels = 8;

    private readonly List<string> _notes;

    private Preflight(PretrainedFolder folder)
    {
        Folder = folder;
        _notes = [.. folder.Notes];
        var tokens = TokenizerEntries.Read(folder.Files);
        TokenizerEntries.RefuseBeyondTheRows(folder, tokens);
        if (folder.Config is DecoderConfig) Generation = GenerationDefaults.Read(folder.Files, _notes);
        RefuseNumbersThatAreNotFinite(folder.Weights);
        Facts = Describe(folder, tokens);
        if (folder.IsHeadless) _notes.Add("It is an encoder without a classification head: fine-tuning on labels draws a new one from the seed, and before that it cannot be scored or judged.");
    }

    public PretrainedFolder Folder { get; }

    public FolderFacts Facts { get; }

    /// <summary>How a language model wants to be asked; null: it is none.</summary>
    public GenerationDefaults? Generation { get; }

    /// <summary>What loads, but is worth a sentence.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <param name="path">The folder.</param>
    /// <param name="withoutHead">A classifier may lack its head.</param>
    /// <exception cref="LearningException">The folder holds no model that can be computed rightly.</exception>
    public static Preflight Check(string path, bool withoutHead = false)
    {
        var folder = withoutHead ? PretrainedFolder.OpenWithoutHead(path) : PretrainedFolder.Open(path);
        try
        {
            return new Preflight(folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => Folder.Dispose();

    private static void RefuseNumbersThatAreNotFinite(ShardedWeights weights)
    {
        foreach (string name in weights.Names)
        {
            if (!weights.Entry(name).Type.IsFloatingPoint) continue;
            using var scope = NewDisposeScope();
            var numbers = weights.Tensor(name).view(-1);
            for (long at = 0; at < numbers.NumberOfElements; at += _checkedAtOnce)
            {
                using var piece = NewDisposeScope();
                var part = numbers.narrow(0, at, Math.Min(_checkedAtOnce, numbers.NumberOfElements - at));
                // A sum carries every NaN and infinity, in one pass and without a mask; it may overflow by itself, so what it finds is looked at again.
                if (double.IsFinite(part.sum(ScalarType.Float64).item<double>()) || part.isfinite().all().item<bool>()) continue;
                string kind = part.isnan().any().item<bool>() ? "NaN" : "an infinite number";
                throw new ModelRefusedException($"{weights.FileOf(name)}: tensor '{Readable.Text(name)}' holds {kind}: everything computed with it is lost.");
            }
        }
    }

    private static FolderFacts Describe(PretrainedFolder folder, IReadOnlySet<long>? tokens)
    {
        var used = folder.Keys.Values.Distinct().Select(folder.Weights.Entry).ToList();
        return new FolderFacts
        {
            Family = folder.Config.ModelType,
            Parameters = folder.Config.Parameters.Sum(parameter => parameter.Elements),
            Types = [.. used.GroupBy(entry => ComputeTypes.WordOf(entry.Type)).OrderByDescending(group => group.Sum(entry => entry.End - entry.Begin)).Select(group => group.Key)],
            Context = folder.Config switch { DecoderConfig decoder => decoder.Context, BertConfig bert => bert.Context, ClipConfig clip => clip.Context, _ => null },
            OutputSpace = folder.Config switch
            {
                DecoderConfig decoder => $"{decoder.Vocabulary:N0} tokens",
                BertConfig bert => Labels(bert.Labels),
                HfVitConfig vit => Labels(vit.Labels),
                ClipConfig clip => $"any texts, by vectors of {clip.Space}",
                _ => "unknown",
            },
            TokenizerEntries = tokens?.Count,
            HasChatTemplate = ChatTemplateFile.IsIn(folder.Files),
            Licence = ModelCard.Licence(folder.Files),
        };
    }

    private static string Labels(IReadOnlyList<string> labels) => labels.Count == 0 ? "none: it has no classification head" : $"{labels.Count} labels: {Readable.Some([.. labels], _shownLabels)}";
}
