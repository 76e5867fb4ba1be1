using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Cli.Servers;

/// <summary>What a server says of itself in a file: <c>server.json</c> in its store while it runs, and the file named by <c>--announce</c> when it is ready.</summary>
internal sealed record ServerFile(string Url, [property: JsonPropertyName("pid")] int ProcessId, string? Dashboard)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Null when there is no such file, or one that is not whole (yet).</summary>
    public static ServerFile? Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ServerFile>(File.ReadAllText(path), Options);
            return file is { Url.Length: > 0 } ? file : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
