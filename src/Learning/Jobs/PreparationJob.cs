using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Jobs;

/// <summary>Reads and encodes a data set and says what it found, before any model is loaded. A training on the worker that has done it takes the tokens from there.</summary>
internal static class PreparationJob
{
    /// <summary>The artifact's one file: the figures.</summary>
    public const string FileName = "preparation.json";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    public static JobOutcome Run(JobContext context, PreparationSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        using var tokenizer = Tokenizer(context, spec);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        TextFacts.Add(metrics, texts, spec.Data.Split);
        TextFacts.Add(metrics, Encode(context, texts, spec.Data, tokenizer));
        AtomicFile.Write(Path.Combine(context.OutputFolder, FileName), stream => JsonSerializer.Serialize(stream, metrics, _json));
        return context.Complete(ArtifactKind.Preparation, metrics, new SortedDictionary<string, string>(StringComparer.Ordinal) { [AttributeNames.Data] = texts.Fingerprint });
    }

    private static EncodingCounts Encode(JobContext context, Data.Text.TextSelection texts, DataSpec data, TokenizerFolder tokenizer) => Data.Text.TextSelection.TextOf(data).Shape switch
    {
        TextFormat.Preference => EncodedTexts.OfPairs(texts, data, tokenizer).Chosen.Counts,
        TextFormat.MultipleChoice => EncodedTexts.OfChoices(texts, tokenizer),
        _ => KeptEncodings.Of(context, texts, data, tokenizer).Counts,
    };

    private static TokenizerFolder Tokenizer(JobContext context, PreparationSpec spec)
    {
        if (spec.Tokenizer is not { } declared) return TokenizerFolder.Load(ModelArtifact.FolderOf(context.Input("model")));
        string folder = Directory.CreateDirectory(Path.Combine(context.Run.WorkFolder, "tokenizer")).FullName;
        LanguagePretraining.WriteTokenizer(context, declared, folder);
        return TokenizerFolder.Load(folder);
    }
}
