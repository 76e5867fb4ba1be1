using System.Text.Json;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Report;

/// <summary>The texts of a study's generations, out of their artifacts.</summary>
internal static class WrittenTexts
{
    private const string FileName = "generations.jsonl";

    /// <summary>The longest file that is read: texts for people to read are shorter.</summary>
    private const int MostBytes = 4_000_000;

    public static async Task<StudyText[]> ReadAsync(ServerClient client, IReadOnlyList<StudyText> texts, CancellationToken cancellation)
    {
        var read = new StudyText[texts.Count];
        for (var i = 0; i < read.Length; i++) read[i] = texts[i] with { Texts = await ReadAsync(client, texts[i].Artifact, cancellation) };
        return read;
    }

    /// <summary>Null where the file cannot be read as such: a report without texts is better than none.</summary>
    private static async Task<string?[]?> ReadAsync(ServerClient client, string artifact, CancellationToken cancellation)
    {
        try
        {
            var route = ServerClient.Fill(Routes.ArtifactFile, artifact).Replace("{*path}", FileName, StringComparison.Ordinal);
            await using var file = await client.OpenAsync(route, cancellation);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await file.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                if (bytes.Length + count > MostBytes) return null;
                bytes.Write(buffer, 0, count);
            }
            return [.. System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Text)];
        }
        catch (Exception e) when (e is CliException or JsonException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>Null where the prompt could not be continued.</summary>
    private static string? Text(string line)
    {
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }
}
