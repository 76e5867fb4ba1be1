using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Statistics;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Paired tests between evaluations, from what each kept of every example.</summary>
internal static class EvaluationComparison
{
    private const string _nats = "nats", _bytes = "bytes";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    public static JobOutcome Run(JobContext context, ComparisonSpec spec)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int group = 0; group < spec.Groups.Length; group++)
        {
            var before = Values(context, ComparisonSpec.Before(group));
            for (int number = 0; number < spec.Groups[group].After.Length; number++)
            {
                context.Run.Stop.ThrowIfCancellationRequested();
                var after = Values(context, ComparisonSpec.After(group, number));
                foreach (var (name, value) in Compare(before, after, spec)) metrics[MetricNames.Paired(group, number, name)] = value;
            }
        }

        AtomicFile.Write(Path.Combine(context.OutputFolder, EvaluationJob.FileName), stream => JsonSerializer.Serialize(stream, new { figures = metrics }, _json));
        return context.Complete(ArtifactKind.Evaluation, metrics, new SortedDictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>The tests of every figure that both have of each example.</summary>
    internal static IEnumerable<(string Name, double Value)> Compare(IReadOnlyList<Dictionary<string, double>> before, IReadOnlyList<Dictionary<string, double>> after, ComparisonSpec spec)
    {
        if (before.Count == 0 || before.Count != after.Count || !before[0].Keys.ToHashSet().SetEquals(after[0].Keys)) throw new LearningException("The evaluations are not of the same examples and task: they cannot be compared in pairs.");
        return before[0].ContainsKey(_nats) ? Bits(before, after, spec)
            // Of a label there is a loss beside, which is neither right nor wrong.
            : before[0].Keys.Where(name => name != MetricNames.Loss).SelectMany(rule => Flips(rule, before, after));
    }

    private static IEnumerable<(string, double)> Bits(IReadOnlyList<Dictionary<string, double>> before, IReadOnlyList<Dictionary<string, double>> after, ComparisonSpec spec)
    {
        double[] bytes = Column(before, _bytes);
        if (!bytes.SequenceEqual(Column(after, _bytes))) throw new LearningException("The evaluations are not of the same texts: they cannot be compared in pairs.");
        double bit = Math.Log(2);
        var found = PairedBootstrap.Of([.. Column(after, _nats).Zip(Column(before, _nats), (second, first) => (second - first) / bit)], bytes, spec.Draws, (ulong)spec.Seed);
        return [
            ($"{MetricNames.BitsPerByte}.{MetricNames.PairedDifference}", found.Difference), ($"{MetricNames.BitsPerByte}.{MetricNames.PairedLow}", found.Low),
            ($"{MetricNames.BitsPerByte}.{MetricNames.PairedHigh}", found.High), ($"{MetricNames.BitsPerByte}.{MetricNames.PairedError}", found.StandardError)];
    }

    private static IEnumerable<(string, double)> Flips(string rule, IReadOnlyList<Dictionary<string, double>> before, IReadOnlyList<Dictionary<string, double>> after)
    {
        var test = McNemarTest.Of(Right(after, rule), Right(before, rule));
        return [
            ($"{rule}.{MetricNames.PairedDifference}", (test.B - test.C) / (double)before.Count), ($"{rule}.{MetricNames.PairedGained}", test.B), ($"{rule}.{MetricNames.PairedLost}", test.C),
            ($"{rule}.{MetricNames.PairedP}", test.P)];
    }

    private static CorrectPredictions Right(IReadOnlyList<Dictionary<string, double>> values, string rule) => new([.. values.Select(value => value[rule] != 0)]);

    private static double[] Column(IReadOnlyList<Dictionary<string, double>> values, string name) => [.. values.Select(value => value[name])];

    private static List<Dictionary<string, double>> Values(JobContext context, string role)
    {
        string path = Path.Combine(context.Input(role), LanguageEvaluation.ValuesFile);
        if (!File.Exists(path)) throw new LearningException($"The input '{role}' is no evaluation of a language model that kept the values of its examples.");
        return [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<Dictionary<string, double>>(line)!)];
    }
}
