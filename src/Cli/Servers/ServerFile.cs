using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Cli.Servers;

/// <summary>What a server says about itself in a file: <c>server.json</c> in its store while it runs, and the file named by <c>--announce</c> when it is ready.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Dashboard">The dashboard's address.</param>
/// <param name="Instance">What it answers as <see cref="Contracts.Http.ServerInfo.Instance"/>. Null: an earlier version.</param>
/// <param name="StartTime">Its <see cref="ProcessStart"/>. Null: an earlier version.</param>
internal sealed record ServerFile(
    string Url, [property: JsonPropertyName("pid")] int ProcessId, string? Dashboard, string? Instance = null, long? StartTime = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>False if the server was killed and left its file behind, even if another process has its number now.</summary>
    [JsonIgnore]
    public bool IsRunning => ProcessStart.Of(ProcessId) is { } start && (StartTime ?? start) == start;

    /// <summary>Null when there is no such file, or one that is not whole (yet).</summary>
    public static ServerFile? Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ServerFile>(File.ReadAllText(path), Options);
            return file is { Url.Length: > 0 } && Uri.TryCreate(file.Url, UriKind.Absolute, out _) ? file : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
