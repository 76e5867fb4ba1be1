using System.Globalization;

namespace Ptune.Dispatch.Bench;

/// <summary>How much processor time the descendants of this process have used, by program. Linux only.</summary>
internal sealed class ProcessorTime
{
    // The kernel counts in hundredths of a second whatever its own clock is.
    private const double MillisecondsOfATick = 10;

    private readonly Dictionary<string, double> _begin = Now();

    /// <summary>Milliseconds since this was made, by program; most first.</summary>
    public IEnumerable<(string Program, double Milliseconds)> Used() => Now()
        .Select(now => (now.Key, now.Value - _begin.GetValueOrDefault(now.Key)))
        .OrderByDescending(used => used.Item2);

    private static Dictionary<string, double> Now()
    {
        var all = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(Read).OfType<Entry>().ToDictionary(p => p.Id);
        return all.Values.Where(p => IsOurs(p, all)).GroupBy(p => p.Program).ToDictionary(g => g.Key, g => g.Sum(p => p.Milliseconds));
    }

    private static bool IsOurs(Entry process, Dictionary<int, Entry> all)
    {
        for (Entry? at = process; at is not null; at = all.GetValueOrDefault(at.Parent))
        {
            if (at.Id == Environment.ProcessId) return true;
        }
        return false;
    }

    private static Entry? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name, in brackets, may have spaces; what follows has none.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var words = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var milliseconds = MillisecondsOfATick * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
            return new Entry(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), NameOf(words), milliseconds);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    private static string NameOf(string[] words) => string.Join(' ', words.Take(6)) switch
    {
        var text when text.Contains("Ptune.Silo", StringComparison.Ordinal) => "silos",
        var text when text.Contains("ptune.dll", StringComparison.Ordinal) => "server",
        var text when text.Contains("Ptune.Supervisor", StringComparison.Ordinal) => "worker",
        var text when text.Contains("Ptune.Executor", StringComparison.Ordinal) => "executor",
        var text when text.Contains("Dispatch.Bench", StringComparison.Ordinal) => "client",
        var text when text.Contains("azurite", StringComparison.Ordinal) => "Azurite",
        var text when text.Contains("beam", StringComparison.Ordinal) || text.Contains("rabbit", StringComparison.Ordinal) => "RabbitMQ",
        var text when text.Contains("celery", StringComparison.OrdinalIgnoreCase) || text.Contains("peer.py", StringComparison.Ordinal) => "Celery",
        _ => "others",
    };

    private sealed record Entry(int Id, int Parent, string Program, double Milliseconds);
}
