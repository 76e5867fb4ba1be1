namespace Ptune.Learning;

/// <summary>The most memory of this process that was resident at once, as Linux counts it.</summary>
internal static class PeakMemory
{
    private const string _reset = "/proc/self/clear_refs";
    private const string _status = "/proc/self/status";
    private const string _word = "VmHWM:";

    /// <summary>Begins anew. Where the kernel does not allow it, the peak is that of the whole process.</summary>
    public static void Reset()
    {
        try
        {
            File.WriteAllText(_reset, "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A measurement; no job fails for it.
        }
    }

    /// <summary>In bytes; 0 where the kernel does not tell.</summary>
    public static double Bytes()
    {
        try
        {
            string? line = File.ReadLines(_status).FirstOrDefault(line => line.StartsWith(_word, StringComparison.Ordinal));
            return line is null ? 0 : 1024.0 * long.Parse(line[_word.Length..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }
}
