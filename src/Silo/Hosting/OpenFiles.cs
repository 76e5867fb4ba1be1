using System.Globalization;

namespace Ptune.Silo.Hosting;

/// <summary>How many files, connections among them, the process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>An idle server with a worker has 320 open, most of them its own libraries; the rest is for connections and the store.</summary>
    private const long Least = 512;

    /// <summary>Why the limit is too low, or null. Below it the runtime itself fails, and blames a file that it could not load.</summary>
    public static string? Problem() => Limit() is { } limit && limit < Least
        ? $"This process may open {limit} files, and the server needs {Least}. Raise the limit: ulimit -n 1024, or LimitNOFILE= in its systemd unit."
        : null;

    /// <summary>The soft limit, which .NET has raised to the hard one; null where it is unlimited or unknown.</summary>
    private static long? Limit()
    {
        foreach (var line in File.ReadLines("/proc/self/limits"))
        {
            const string name = "Max open files";
            if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
            return long.TryParse(line[name.Length..].TrimStart().Split(' ')[0], CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        return null;
    }
}
