namespace Ptune.Contracts.Estimates;

/// <summary>
/// Estimates as pools count them: rounded up by an eighth at most, so that jobs that need about the same wait in the same line, and an estimate says no more than it knows.
/// </summary>
public static class MemoryClass
{
    private const double BytesOfGiB = 1L << 30;

    // Below this, all jobs are alike.
    private const double SmallestGiB = 0.125;

    private const int StepsOfADoubling = 8;

    /// <param name="bytes">An estimate; null: not known.</param>
    /// <returns>In GiB; null: not known, or nothing.</returns>
    public static double? GiB(long? bytes)
    {
        if (bytes is not > 0) return null;
        var gib = Math.Max(SmallestGiB, bytes.Value / BytesOfGiB);
        // Powers of two, so that sums are exact.
        var step = Math.Pow(2, Math.Floor(Math.Log2(gib))) / StepsOfADoubling;
        return Math.Ceiling(gib / step) * step;
    }
}
