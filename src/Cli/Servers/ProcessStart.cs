using System.Globalization;

namespace Ptune.Cli.Servers;

/// <summary>
/// When a process started, in clock ticks since the machine's start: proc_pid_stat(5), field 22. A process number is used again, the pair of both is not.
/// </summary>
internal static class ProcessStart
{
    private const int Field = 22;

    /// <summary>Null when there is no such process.</summary>
    public static long? Of(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        // The second field is the program's name in brackets, and a name may hold spaces and brackets.
        var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        // A process that has ended and whose parent has not asked about it yet is still listed.
        return afterName[0] is "Z" or "X" ? null : long.Parse(afterName[Field - 3], CultureInfo.InvariantCulture);
    }
}
