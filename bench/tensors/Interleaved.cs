using System.Diagnostics;

namespace Ptune.Tensors.Bench;

/// <summary>Contenders timed in turns, so that whatever else the machine does falls on all of them; the order turns from round to round.</summary>
internal static class Interleaved
{
    /// <summary>Seconds of every contender, [contenders][rounds]; <paramref name="warmups"/> rounds before them are not counted.</summary>
    public static double[][] Measure(int rounds, int warmups, params Func<double>[] contenders)
    {
        double[][] seconds = [.. contenders.Select(_ => new double[rounds])];
        for (int round = -warmups; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Length; turn++)
            {
                int which = (turn + round + warmups) % contenders.Length;
                double elapsed = contenders[which]();
                if (round >= 0) seconds[which][round] = elapsed;
            }
        }

        return seconds;
    }

    /// <summary>Seconds that <paramref name="work"/> took.</summary>
    public static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
