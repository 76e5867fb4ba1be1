using System.Globalization;
using System.Runtime.InteropServices;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>By how many bytes this process grows at most while it does something.</summary>
internal static partial class MeasuredPeak
{
    public static long Of(Action work)
    {
        // What was taken before goes back to the system: used again, or freed in the middle, it would make the peak look lower.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        _ = Trim(0);
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Status("VmRSS:");
        work();
        return Status("VmHWM:") - before;
    }

    private static long Status(string name) =>
        1024 * long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
