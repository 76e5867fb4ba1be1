using System.Globalization;

namespace Ptune.Supervisor.Executors;

/// <summary>
/// How many processes of a control group the kernel has killed for memory: what tells such a SIGKILL from any other. Read from memory.events
/// (cgroup v2) or memory.oom_control (v1).
/// </summary>
/// <param name="groups">Text of <c>/proc/PID/cgroup</c>: the groups of a process.</param>
/// <param name="root">Where they are mounted.</param>
internal sealed class MemoryKills(string groups, string root = "/sys/fs/cgroup")
{
    private const string Counter = "oom_kill";

    /// <summary>The groups of a process; without any where the system has none.</summary>
    public static MemoryKills Of(int pid)
    {
        try
        {
            return new MemoryKills(File.ReadAllText($"/proc/{pid}/cgroup"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MemoryKills("");
        }
    }

    /// <summary>The count as it stands; null where the system does not tell.</summary>
    public long? Count() => Files().Select(Read).FirstOrDefault(count => count is not null);

    private IEnumerable<string> Files()
    {
        foreach (var line in groups.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path]) continue;
            if (controllers.Split(',').Contains("memory"))
            {
                // Inside a container the path is the host's, and the group is mounted at the root.
                yield return $"{root}/memory{path}/memory.oom_control";
                yield return $"{root}/memory/memory.oom_control";
            }
            else if (controllers.Length == 0)
            {
                yield return $"{root}{path}/memory.events";
                yield return $"{root}/memory.events";
            }
        }
    }

    private static long? Read(string file)
    {
        try
        {
            foreach (var line in File.ReadLines(file))
                if (line.Split(' ') is [Counter, var number] && long.TryParse(number, CultureInfo.InvariantCulture, out var count)) return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another place may have it.
        }
        return null;
    }
}
