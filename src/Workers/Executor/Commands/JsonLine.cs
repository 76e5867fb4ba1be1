using System.Text.Json;
using Ptune.Learning;
using Ptune.Templates;

namespace Ptune.Executor.Commands;

/// <summary>One line of JSON Lines that a user gave.</summary>
internal static class JsonLine
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>What is made of a line's object, or of the words that say why nothing can be.</summary>
    public static TResult Read<TResult>(ReadOnlyMemory<byte> line, Func<JsonElement, TResult> read, Func<string, TResult> refuse)
    {
        try
        {
            if (line.Span.IndexOfAnyExcept(" \t"u8) < 0) return refuse("The line is empty.");
            using var json = JsonDocument.Parse(line, _options);
            return json.RootElement.ValueKind == JsonValueKind.Object ? read(json.RootElement) : refuse("The line is not a JSON object.");
        }
        catch (JsonException e)
        {
            return refuse($"The line is not valid JSON at byte {e.BytePositionInLine ?? 0}: {e.Message.Split(" LineNumber:")[0]}");
        }
        catch (TemplateException e)
        {
            return refuse($"The line is no conversation: {e.Message}");
        }
        catch (LearningException e)
        {
            return refuse(e.Message);
        }
    }
}
