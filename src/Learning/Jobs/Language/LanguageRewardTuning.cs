using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Portable Reward Tuning on texts (arXiv 2502.12776): trains one reward a token at each place, beside the frozen source.</summary>
internal static class LanguageRewardTuning
{
    /// <summary>The job's input.</summary>
    public const string Source = "source";

    public static JobOutcome Run(JobContext context, RewardTuningSpec spec)
    {
        if (TextSelection.TextOf(spec.Data).Shape is TextFormat.TextLabel or TextFormat.MultipleChoice) return AnswerRewardTuning.Run(context, spec);
        var texts = context.ReadTexts(spec.Data);
        using var folder = ModelArtifact.Open(context.Input(Source));
        if (folder.Config is not DecoderConfig config) throw new LearningException($"The source is a {folder.Config.ModelType}. Rewards of texts are trained beside language models.");
        using var tokenizer = TokenizerFolder.Load(folder.Files.Folder);
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        LanguagePretraining.RequireRoom(config, spec.Data);
        var encoded = KeptEncodings.Of(context, texts, spec.Data, tokenizer);
        using var reward = TrainedReward.Create(spec, folder, context);
        var states = new SourceStates(context, reward, spec, tokenizer.Padding);
        var source = states.Of(encoded);
        using var _ = source as IDisposable;
        var task = new LanguageTask(reward.Network, reward.Parameters, spec.Data, spec.Recipe, spec.Seed, tokenizer, texts, encoded, reward.Copies)
        {
            Frozen = source,
            Lambda = spec.Lambda,
            OnValidation = (validation, looks) => states.AddValidation(source, validation, looks),
        };
        return LanguageTraining.Run(context, task, () => reward.Save(context, spec));
    }
}
