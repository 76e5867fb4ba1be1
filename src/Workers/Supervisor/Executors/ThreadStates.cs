using System.Globalization;

namespace Ptune.Supervisor.Executors;

/// <summary>
/// What the threads of a process do, as the kernel sees it from outside: it needs nothing of a process that may be past answering. Two looks tell one that computes from
/// one that waits.
/// </summary>
internal sealed class ThreadStates
{
    // What Linux counts processor time in, on every machine.
    private const double TicksASecond = 100;
    private const int MostShown = 8;

    private readonly Dictionary<int, (string Name, char State, double Seconds, string? Waits)> _threads = [];

    private ThreadStates()
    {
    }

    /// <summary>As they are now; none where the process is gone or the system does not tell.</summary>
    public static ThreadStates Of(int processId)
    {
        var states = new ThreadStates();
        foreach (var folder in Folders(processId))
        {
            if (Read(Path.Combine(folder, "stat")) is not { } stat) continue;
            // ID (NAME) STATE ...: a name may hold anything, so the last bracket counts; then user and system time are the 14th and 15th.
            var (begin, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            var rest = stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (begin < 0 || rest.Length < 13) continue;
            var ticks = long.Parse(rest[11], CultureInfo.InvariantCulture) + long.Parse(rest[12], CultureInfo.InvariantCulture);
            states._threads[int.Parse(stat[..begin], CultureInfo.InvariantCulture)] = (stat[(begin + 1)..end], rest[0][0], ticks / TicksASecond, Read(Path.Combine(folder, "wchan")));
        }
        return states;
    }

    /// <summary>A line for each thread, the busiest first.</summary>
    /// <param name="before">An earlier look.</param>
    public IEnumerable<string> Since(ThreadStates before)
    {
        var busiest = _threads.Select(t => (Id: t.Key, Thread: t.Value, Used: t.Value.Seconds - before._threads.GetValueOrDefault(t.Key).Seconds))
            .OrderByDescending(t => t.Used).ThenByDescending(t => t.Thread.Seconds).ThenBy(t => t.Id).ToArray();
        foreach (var (id, thread, used) in busiest.Take(MostShown))
            yield return FormattableString.Invariant($"thread {id} '{thread.Name}' {Doing(thread.State, thread.Waits)}, {used:0.0} s of CPU time since then, {thread.Seconds:0.0} s in total");
        if (busiest.Length > MostShown) yield return FormattableString.Invariant($"and {busiest.Length - MostShown} threads with {busiest.Skip(MostShown).Sum(t => t.Used):0.0} s of CPU time since then");
    }

    private static string Doing(char state, string? waits) => state switch
    {
        'R' => "computes",
        'D' => $"waits for a device{In(waits)}",
        'T' or 't' => "is stopped",
        _ => $"waits{In(waits)}",
    };

    // The kernel's function; 0 where it does not tell.
    private static string In(string? waits) => waits is null or "" or "0" ? "" : $" in {waits}";

    private static string[] Folders(int processId)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{processId}/task");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
