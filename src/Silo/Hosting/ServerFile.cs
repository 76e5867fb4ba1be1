using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Hosting;

/// <summary>
/// Where a server says that it is ready: the file that <c>--announce</c> names, and <c>server.json</c> in an embedded store, by which
/// clients find the server of that store. One JSON line. A server that was killed leaves its file behind, and its pid may since belong to
/// another process: a file is stale unless a process with this pid and this start time runs, or its address answers with another instance.
/// </summary>
/// <param name="Url">Where the server listens.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Dashboard">The dashboard's whole address.</param>
/// <param name="Instance">The <see cref="Contracts.Http.ServerInfo.Instance"/> that the server answers with. Null: written by an earlier version.</param>
/// <param name="StartTime">The process's <see cref="ProcessStart"/>. Null: written by an earlier version.</param>
internal sealed record ServerFile(string Url, int Pid, string Dashboard, string? Instance = null, long? StartTime = null)
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
        if (Read(path) == this) File.Delete(path);
    }

    /// <summary>The server that a file names; null when there is none or its process is gone.</summary>
    public static ServerFile? FindRunning(string path) =>
        Read(path) is { } found && ProcessStart.Of(found.Pid) is { } start && (found.StartTime ?? start) == start ? found : null;

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
}
