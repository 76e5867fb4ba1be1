using System.Diagnostics;
using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Hosting;

/// <summary>
/// Where a server says that it is ready: the file that <c>--announce</c> names, and <c>server.json</c> in an embedded store, by which
/// clients find the server of that store. One JSON line: url, pid, dashboard. Readers take a file whose pid is gone for stale.
/// </summary>
internal sealed record ServerFile(string Url, int Pid, string Dashboard)
{
    public const string Name = "server.json";

    /// <summary>Readers see the whole line or no file.</summary>
    public void Write(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = $"{full}.{Environment.ProcessId}";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, SpecJson.Options) + "\n");
        File.Move(unfinished, full, overwrite: true);
    }

    /// <summary>Removes the file if it is this server's own.</summary>
    public void Remove(string path)
    {
        if (Read(path)?.Pid == Pid) File.Delete(path);
    }

    /// <summary>The server that a file names; null when there is none or its process is gone.</summary>
    public static ServerFile? FindRunning(string path) => Read(path) is { } found && IsRunning(found.Pid) ? found : null;

    private static ServerFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFile>(File.ReadAllText(path), SpecJson.Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
