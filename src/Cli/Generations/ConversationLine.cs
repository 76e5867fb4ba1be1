using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ptune.Cli.Generations;

/// <summary>One line of a file of conversations.</summary>
internal static class ConversationLine
{
    private const string Answer = "add_generation_prompt", Continued = "continue_final_message";

    private static readonly JsonDocumentOptions s_reading = new() { AllowDuplicateProperties = false, MaxDepth = 256 };
    private static readonly JsonSerializerOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>The conversation as it is sent. A line that does not say how the prompt ends asks for an answer.</summary>
    public static Prompt Read(ReadOnlyMemory<byte> line)
    {
        if (line.Span.IndexOfAnyExcept(" \t"u8) < 0) return new Prompt { Error = "The line is empty." };
        try
        {
            using var json = JsonDocument.Parse(line, s_reading);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new Prompt { Error = "The line is not a JSON object." };
            var conversation = JsonObject.Create(json.RootElement)!;
            if (conversation[Answer] is null && conversation[Continued] is null) conversation[Answer] = true;
            return new Prompt { Conversation = conversation.ToJsonString(s_writing) };
        }
        catch (JsonException e)
        {
            return new Prompt { Error = $"The line is not valid JSON at byte {e.BytePositionInLine ?? 0}: {e.Message.Split(" LineNumber:")[0]}" };
        }
        catch (InvalidOperationException)
        {
            return new Prompt { Error = "The line holds half a character (a lone surrogate), which has no form in UTF-8." };
        }
    }
}
