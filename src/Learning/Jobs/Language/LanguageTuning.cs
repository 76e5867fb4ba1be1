using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Tunes a language model by a method: supervised, or by preferences where the data are pairs of responses.</summary>
internal static class LanguageTuning
{
    private const string _base = "base";

    public static JobOutcome Run(JobContext context, FineTuningSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        using var folder = ModelArtifact.OpenWithoutHead(context.Input(_base));
        using var tokenizer = TokenizerFolder.Load(folder.Files.Folder);
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        if (folder.Config is not DecoderConfig config) return EncoderTuning.Run(context, spec, texts, tokenizer, folder);
        LanguagePretraining.RequireRoom(config, spec.Data);
        bool isPreference = TextSelection(spec) == TextFormat.Preference;
        var (encoded, rejected) = isPreference ? EncodedTexts.OfPairs(texts, spec.Data, tokenizer) : (KeptEncodings.Of(context, texts, spec.Data, tokenizer), null!);
        using var tuned = TunedModel.Create(spec.Method ?? new FullMethod(), folder, spec.Recipe.Dtype, spec.Seed, context);
        var task = new LanguageTask(tuned.Network, tuned.Parameters, spec.Data, spec.Recipe, spec.Seed, tokenizer, texts, encoded, tuned.Copies, GeneralOf(context, spec, tokenizer));
        return isPreference
            ? Preferences(context, spec, folder, tuned, task, rejected)
            : LanguageTraining.Run(context, task, () => tuned.Save(context));
    }

    private static JobOutcome Preferences(JobContext context, FineTuningSpec spec, PretrainedFolder folder, TunedModel tuned, LanguageTask task, EncodedTexts rejected)
    {
        using var reference = PretrainedFolder.Open(folder.Files.Folder).LanguageModel(TunedModel.TypeOf(spec.Recipe.Dtype), context.Device, (context.Weights, context.InputDigest(_base)));
        var frozen = new LanguageNetwork(reference);
        var objective = new PreferenceObjective(tuned.Network, spec.Beta ?? 0.1);
        var recipe = LanguageRecipes.Of(spec.Recipe, context.Run.BatchParts);
        using var stopping = spec.Recipe.EarlyStopping is { } early ? EarlyStops.OfPairs(context, task, early, objective, frozen) : null;
        var pairs = new PreferencePairs(frozen, task.Encoded.Examples, rejected.Examples, task.Tokenizer.Padding, context.Device);
        using var trainer = new PreferenceTrainer(tuned.Parameters, objective, pairs, recipe, spec.Seed, stopping, task.Copies);
        return LanguageTraining.Finish(context, trainer, stopping, task, () => tuned.Save(context));
    }

    private static GeneralData? GeneralOf(JobContext context, FineTuningSpec spec, TokenizerFolder tokenizer)
    {
        if (spec.Mix is not { } mix) return null;
        var texts = context.ReadTexts(mix.Data);
        var encoded = KeptEncodings.Of(context, texts, mix.Data, tokenizer);
        context.Say(TextFacts.Line("General data", texts, mix.Data.Split, encoded.Counts));
        return new GeneralData(mix.Data.Packing == true ? TokenRows.Packed(encoded.Examples, mix.Data.MaxTokens!.Value) : TokenRows.Single(encoded.Examples), mix.Share);
    }

    private static TextFormat TextSelection(FineTuningSpec spec) => Data.Text.TextSelection.TextOf(spec.Data).Shape;
}
