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
        var unfinished = Unfinished(path);
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, SpecJson.Options) + "\n");
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Finds out whether a file could be written there, and makes its folder.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public static void Probe(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (Directory.Exists(path)) throw new IOException("It is a folder.");
            var unfinished = Unfinished(path);
            File.WriteAllText(unfinished, "");
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"--announce {path} cannot be written: {e.Message} Name a file in a folder that this user may write.", e);
        }
    }

    private static string Unfinished(string path) => $"{Path.GetFullPath(path)}.{Environment.ProcessId}";

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
