namespace Ptune.Learning.Jobs.Language;

/// <summary>What a task found.</summary>
/// <param name="Metrics">The figures, by the names of <see cref="Contracts.Artifacts.MetricNames"/>.</param>
/// <param name="Values">What each example gave, by name.</param>
internal sealed record Judgement(SortedDictionary<string, double> Metrics, IReadOnlyList<SortedDictionary<string, double>> Values)
{
    /// <summary>Whether each example was right, by one or several rules; the means are the figures.</summary>
    /// <param name="right">By metric name, for each example.</param>
    public static Judgement OfRight(IReadOnlyDictionary<string, IReadOnlyList<bool>> right)
    {
        var metrics = new SortedDictionary<string, double>(right.ToDictionary(rule => rule.Key, rule => rule.Value.Average(isRight => isRight ? 1.0 : 0)), StringComparer.Ordinal);
        int count = right.Values.First().Count;
        var values = Enumerable.Range(0, count).Select(example => new SortedDictionary<string, double>(right.ToDictionary(rule => rule.Key, rule => rule.Value[example] ? 1.0 : 0), StringComparer.Ordinal));
        return new Judgement(metrics, [.. values]);
    }
}
