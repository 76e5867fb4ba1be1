using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;

namespace Ptune.Learning.Jobs;

/// <summary>One pass of a model or a reward over a split, kept.</summary>
internal static class ScoringJob
{
    public static JobOutcome Run(JobContext context, ScoringSpec spec)
    {
        var role = spec.SubjectKind switch
        {
            ArtifactKind.Model => NetworkRole.Model,
            ArtifactKind.Reward => NetworkRole.Reward,
            _ => throw new LearningException($"subjectKind is {spec.SubjectKind}; only a model or a reward can be scored."),
        };
        var run = context.Run;
        var examples = context.ReadExamples(spec.Data);
        using var network = LoadedImageNetwork.Load(context, "subject", role, examples, spec.LabelPrompt, context.Run.Inputs.ContainsKey("patch") ? "patch" : null);
        using var tensors = new ExampleTensors(examples, context.Device);
        long started = run.Time.GetTimestamp();
        double rate = 0;
        using var scores = Scorer.Score(network, role, tensors, Report, run.Stop);

        if (!scores.isfinite().all().item<bool>())
            throw new LearningException("The outputs of the subject are not finite on this data. It cannot be scored.");
        var table = Scorer.ToTable(scores);
        ScoresArtifact.Write(context.OutputFolder, table, role, OutputSpace.OfLabels(examples.LabelNames), examples.Fingerprint);
        return context.Complete(
            ArtifactKind.Scores,
            [ScoresArtifact.FileName],
            examples,
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Count] = examples.Count,
                [MetricNames.Accuracy] = CorrectPredictions.Of(table, examples.Labels).Accuracy,
            },
            new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = rate });

        void Report(int done)
        {
            double seconds = run.Time.GetElapsedTime(started).TotalSeconds;
            rate = seconds > 0 ? done / seconds : 0;
            run.OnProgress?.Invoke(new JobProgress(done, examples.Count, null, rate));
        }
    }
}
