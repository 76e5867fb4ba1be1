namespace Ptune.Learning.Evaluation;

/// <summary>
/// Times of several ways to do the same: each round times all of them, one after the other, so that whatever else the machine does falls on all; the order turns from
/// round to round.
/// </summary>
internal static class PairedTiming
{
    /// <summary>Seconds by contender and round.</summary>
    /// <param name="contenders">Each returns when its result is there.</param>
    /// <param name="rounds">How many at least and at most; between them, no more begin after <paramref name="enough"/>.</param>
    /// <param name="warmups">Rounds before them that do not count.</param>
    /// <param name="enough">Time that the rounds may take; null: there is no limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the rounds.</param>
    public static double[][] Measure(IReadOnlyList<Action> contenders, (int Least, int Most) rounds, int warmups, TimeSpan? enough, TimeProvider time, CancellationToken stop)
    {
        List<double>[] seconds = [.. contenders.Select(_ => new List<double>())];
        long begin = time.GetTimestamp();
        for (int round = -warmups; round < rounds.Most; round++)
        {
            if (round >= rounds.Least && enough is { } limit && time.GetElapsedTime(begin) > limit) break;
            stop.ThrowIfCancellationRequested();
            for (int turn = 0; turn < contenders.Count; turn++)
            {
                int which = (turn + round + (contenders.Count * warmups)) % contenders.Count;
                long start = time.GetTimestamp();
                contenders[which]();
                if (round >= 0) seconds[which].Add(time.GetElapsedTime(start).TotalSeconds);
            }
        }

        return [.. seconds.Select(list => list.ToArray())];
    }

    /// <summary>Of each round; 0 where the clock was too coarse.</summary>
    public static double[] Ratios(double[] numerators, double[] denominators) =>
        [.. numerators.Zip(denominators, (n, d) => d > 0 ? n / d : 0)];
}
