using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Transfer.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>One pass of a language model over texts, kept: each example's log-probability, scored tokens and bytes.</summary>
internal static class LanguageScoring
{
    /// <summary>The artifact's one file: logProbability [n] f64 in nats, tokens [n] i64, bytes [n] i64.</summary>
    public const string FileName = "scores.safetensors";

    public static JobOutcome Run(JobContext context, ScoringSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        if (File.Exists(Path.Combine(context.Input("subject"), RewardFacts.FileName)) && RewardFacts.Read(context.Input("subject"), "The subject").Method == RewardFacts.Lora)
            throw new LearningException("The subject is a LoRA reward, which needs its source. Score the source with the reward under 'rewards', or judge the reward by an Evaluation without a subject.");
        using var subject = LanguageSubject.Load(context, ComputeType.Float32, spec.Rewards, spec.Emulated);
        long started = context.Run.Time.GetTimestamp();
        var found = TextLikelihood.Score(subject, texts, spec.Data, window: null);
        double seconds = context.Run.Time.GetElapsedTime(started).TotalSeconds;
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            Path.Combine(context.OutputFolder, FileName),
            [
                TensorBytes.Of("logProbability", tensor(found.Select(text => -text.Nats).ToArray())),
                TensorBytes.Of("tokens", tensor(found.Select(text => text.Tokens).ToArray())),
                TensorBytes.Of("bytes", tensor(found.Select(text => text.Bytes).ToArray())),
            ],
            new Dictionary<string, string> { ["data"] = texts.Fingerprint });
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.BitsPerByte] = Evaluation.Language.BitsPerByte.Sum(found).Value,
            [MetricNames.Tokens] = found.Sum(text => text.Tokens),
        };
        TextFacts.Add(metrics, texts, spec.Data.Split);
        metrics[MetricNames.Count] = found.Count;
        CarriedArtifacts.Add(metrics, subject);
        return context.Complete(
            ArtifactKind.Scores,
            metrics,
            new SortedDictionary<string, string>(StringComparer.Ordinal) { [AttributeNames.Data] = texts.Fingerprint },
            new Dictionary<string, double> { [MetricNames.TokensPerSecond] = seconds > 0 ? metrics[MetricNames.Tokens] / seconds : 0 });
    }
}
