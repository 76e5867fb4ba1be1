using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Judges a language model, or a classifier of texts, by a task; what each example gave is kept for paired comparisons.</summary>
internal static class LanguageEvaluation
{
    /// <summary>The value of each example, in their order.</summary>
    public const string ValuesFile = "examples.jsonl";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    public static JobOutcome Run(JobContext context, EvaluationSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        bool overAnswers = AnswerEvaluation.Applies(context, spec);
        using var subject = overAnswers ? null : LanguageSubject.Load(context, spec.Dtype, spec.Rewards, spec.Emulated);
        if (overAnswers && spec.FewShot is not null) throw new LearningException("Rewards over answers are read without examples that are shown. Remove 'fewShot'.");
        subject?.Show(ShownExamples.Text(context, spec.FewShot), spec.Data);
        long started = context.Run.Time.GetTimestamp();
        var judgement = subject is null ? AnswerEvaluation.Judge(context, spec, texts) : TaskJudges.Judge(new JudgedTexts(subject, texts, spec.Data, context.Run.Stop), spec.Task);
        double seconds = context.Run.Time.GetElapsedTime(started).TotalSeconds;
        var metrics = judgement.Metrics;
        TextFacts.Add(metrics, texts, spec.Data.Split);
        metrics[MetricNames.Count] = judgement.Values.Count;
        if (subject is not null)
        {
            CarriedArtifacts.Add(metrics, subject);
            if (spec.Source is not null) CarriedRisk.Add(metrics, context, spec, texts);
        }

        var measurements = new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = seconds > 0 ? judgement.Values.Count / seconds : 0 };
        if (spec.TunedOn is { } tunedOn) TuningOverlap.Add(measurements, context, tunedOn, texts);
        AtomicFile.Write(Path.Combine(context.OutputFolder, EvaluationJob.FileName), stream => JsonSerializer.Serialize(stream, new { data = texts.Fingerprint, figures = metrics }, _json));
        AtomicFile.Write(Path.Combine(context.OutputFolder, ValuesFile), stream =>
        {
            foreach (var value in judgement.Values)
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(value));
                stream.Write("\n"u8);
            }
        });
        return context.Complete(
            ArtifactKind.Evaluation,
            metrics,
            new SortedDictionary<string, string>(StringComparer.Ordinal) { [AttributeNames.Data] = texts.Fingerprint },
            measurements);
    }
}
