using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What it costs to use what a model carries: the time until it first answers, and the time of its answers relative to those of another model.</summary>
internal static class LanguageTiming
{
    private const int _tokens = 32;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly TimeSpan _enough = TimeSpan.FromSeconds(0.5);

    public static JobOutcome Run(JobContext context, TimingSpec spec)
    {
        long begin = context.Run.Time.GetTimestamp();
        // Weights are mapped: a second network takes no second copy of them.
        using var subject = LanguageSubject.LoadForTiming(context, spec);
        int[][] rows = Rows(subject);
        subject.Answer(rows);
        var measurements = new Dictionary<string, double> { [MetricNames.DeploySeconds] = context.Run.Time.GetElapsedTime(begin).TotalSeconds };
        if (spec.Against is not null) Compare(measurements, context, spec, subject, rows);
        // The times themselves are measurements: equal jobs have equal files.
        AtomicFile.Write(Path.Combine(context.OutputFolder, EvaluationJob.FileName), stream => JsonSerializer.Serialize(stream, new { rows = rows.Length, tokens = rows[0].Length }, _json));
        return context.Complete(ArtifactKind.Evaluation, new SortedDictionary<string, double>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal), measurements);
    }

    /// <summary>The median of rounds that time both in turns, so that what else the machine does meets both.</summary>
    private static void Compare(Dictionary<string, double> measurements, JobContext context, TimingSpec spec, LanguageSubject subject, int[][] rows)
    {
        using var other = LanguageSubject.LoadCompared(context, spec);
        double[][] seconds = PairedTiming.Measure([() => other.Answer(rows), () => subject.Answer(rows)], (5, InferenceTiming.Rounds), warmups: 1, _enough, context.Run.Time, context.Run.Stop);
        double[] ratios = PairedTiming.Ratios(seconds[1], seconds[0]);
        measurements[MetricNames.CostInference] = Statistics.Median(ratios);
        measurements[MetricNames.CostInferenceSpread] = Statistics.StandardDeviation(ratios);
        measurements[MetricNames.CostRounds] = ratios.Length;
    }

    // Which tokens they are makes no difference to the time; the first ones of a vocabulary are in every model's. Half of the context leaves room for a soft prompt.
    private static int[][] Rows(LanguageSubject subject)
    {
        int length = (int)Math.Max(2, Math.Min(TimingSpec.RowTokens, subject.Context / 2));
        return [.. Enumerable.Range(0, TimingSpec.Rows).Select(row => Enumerable.Range(0, length).Select(i => (i + row) % _tokens).ToArray())];
    }
}
