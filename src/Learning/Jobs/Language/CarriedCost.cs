using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Evaluation;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What it costs to use what a model carries: the time until it first answers, and the time of its answers relative to those of the bare model.</summary>
internal static class CarriedCost
{
    private const int _rows = 2;
    private const long _rowTokens = 128;
    private const int _tokens = 32;

    // The time that an evaluation takes anyway, of which the rounds may take a share.
    private const double _share = 0.05;
    private static readonly TimeSpan _leastTime = TimeSpan.FromSeconds(0.1);

    /// <summary>
    /// Adds the seconds until the first answer; and, where something is carried to a model, the time of its answers relative to the bare model's, the median of rounds that time
    /// both in turns.
    /// </summary>
    /// <param name="measurements">Gets the figures.</param>
    /// <param name="context">The job.</param>
    /// <param name="spec">The job's spec.</param>
    /// <param name="judging">The seconds that the evaluation has taken.</param>
    public static void Add(IDictionary<string, double> measurements, JobContext context, EvaluationSpec spec, double judging)
    {
        long begin = context.Run.Time.GetTimestamp();
        // Weights are mapped: a second network takes no second copy of them.
        using var subject = LanguageSubject.LoadForTiming(context, spec);
        int[][] rows = Rows(subject);
        subject.Answer(rows);
        measurements[MetricNames.DeploySeconds] = context.Run.Time.GetElapsedTime(begin).TotalSeconds;
        if (!context.Run.Inputs.ContainsKey(LanguageSubject.Input) || (subject.Carried is null && !context.Run.Inputs.ContainsKey(LanguageSubject.PatchInput))) return;

        using var bare = LanguageSubject.LoadBare(context, spec);
        var enough = TimeSpan.FromSeconds(Math.Max(_leastTime.TotalSeconds, judging * _share));
        double[][] seconds = PairedTiming.Measure([() => bare.Answer(rows), () => subject.Answer(rows)], (5, InferenceTiming.Rounds), warmups: 1, enough, context.Run.Time, context.Run.Stop);
        double[] ratios = PairedTiming.Ratios(seconds[1], seconds[0]);
        measurements[MetricNames.CostInference] = Statistics.Median(ratios);
        measurements[MetricNames.CostInferenceSpread] = Statistics.StandardDeviation(ratios);
        measurements[MetricNames.CostRounds] = ratios.Length;
    }

    // Which tokens they are makes no difference to the time; the first ones of a vocabulary are in every model's. Half of the context leaves room for a soft prompt.
    private static int[][] Rows(LanguageSubject subject)
    {
        int length = (int)Math.Max(2, Math.Min(_rowTokens, subject.Context / 2));
        return [.. Enumerable.Range(0, _rows).Select(row => Enumerable.Range(0, length).Select(i => (i + row) % _tokens).ToArray())];
    }
}
