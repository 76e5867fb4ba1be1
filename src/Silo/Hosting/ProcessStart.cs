using System.Globalization;

namespace Ptune.Silo.Hosting;

/// <summary>
/// When a process started, in clock ticks since the machine's start: proc_pid_stat(5), field 22. A process number is given out again, the pair of both is not.
/// Process.StartTime would not do: it is reckoned from the wall clock, and changes when that is set.
/// </summary>
internal static class ProcessStart
{
    private const int Field = 22;

    /// <summary>Null when there is no such process.</summary>
    public static long? Of(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        // The second field is the program's name in brackets, and a name may hold spaces and brackets.
        var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(afterName[Field - 3], CultureInfo.InvariantCulture);
    }
}
