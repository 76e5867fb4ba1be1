using Ptune.Contracts.Estimates;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Decides whether a reward's training computes its source's hidden states once, and does it.</summary>
internal sealed class SourceStates(JobContext context, TrainedReward reward, RewardTuningSpec spec, int pad)
{
    private const long _batchTokens = 4096;

    /// <summary>The source, with its states on disk where that pays and fits; else the source as it is.</summary>
    /// <param name="encoded">The examples of the training.</param>
    public ITokenNetwork Of(EncodedTexts encoded)
    {
        var recipe = spec.Recipe;
        // Of data that are not read once there would be more to compute than without.
        if ((recipe.Steps ?? 0) * (long)(recipe.BatchTokens ?? 0) < encoded.Examples.Sum(example => (long)example.Length)) return reward.Source;
        var frozen = new FrozenStates(reward.Source, context.States.Of(context.InputDigest(LanguageRewardTuning.Source), reward.Source.Type));
        if (Add(frozen, encoded)) return frozen;
        frozen.Dispose();
        return reward.Source;
    }

    /// <summary>Validation examples, which every look at them reads.</summary>
    /// <param name="looks">So many.</param>
    public void AddValidation(ITokenNetwork source, EncodedTexts encoded, long looks)
    {
        if (source is FrozenStates frozen && looks > 1) Add(frozen, encoded);
    }

    private bool Add(FrozenStates frozen, EncodedTexts encoded)
    {
        long bytes = HiddenStateCache.BytesOf(encoded.Examples.Sum(example => (long)example.TrainedTokens), reward.Source.Model.Width, reward.Source.Type);
        try
        {
            if (!context.States.MakeRoom(bytes)) return false;
            frozen.Add(encoded.Examples, pad, Math.Max(1, _batchTokens / context.Run.BatchParts), Report);
            return true;
        }
        catch (IOException)
        {
            // The disk filled up beside it. The source is passed in every step then.
            return false;
        }
    }

    private void Report(int done, int total)
    {
        context.Run.Stop.ThrowIfCancellationRequested();
        context.Run.OnProgress?.Invoke(new JobProgress(done, total, null, 0));
    }
}
