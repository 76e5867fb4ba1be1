using System.Globalization;
using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Learning;
using Ptune.Learning.Tokenization;
using Ptune.Templates;
using Ptune.Templates.Chat;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune tokenize</c>: a line of output for each line of input, in its order; a line that fails says why in its place, and the rest goes on.</summary>
internal static class TokenizeCommand
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    public static int Run(TokenizeRequest request, CommandStreams streams, CancellationToken stop)
    {
        using var folder = TokenizerFolder.Load(request.Model);
        foreach (var note in folder.Notes) streams.Error.WriteLine($"note: {note}");
        var answer = Answerer(request, folder);
        using var lines = InputLines.Open(request.Messages ?? request.File!, streams, stop);
        var code = CommandExitCode.Done;
        foreach (var line in lines.Read())
        {
            stop.ThrowIfCancellationRequested();
            var result = Try(line, answer);
            if (result.Error is not null) code = CommandExitCode.Failed;
            result.Write(streams.Output, request.Json);
        }
        return code;
    }

    private static Func<JsonElement, TokenizedLine> Answerer(TokenizeRequest request, TokenizerFolder folder)
    {
        var tokenizer = folder.Tokenizer;
        if (request.Messages is not null)
        {
            var encoder = new ChatEncoder(folder, Template(request, folder), Time(request.Now));
            return line => encoder.Encode(Conversation.Parse(line)) is var chat ? new TokenizedLine { Text = chat.Text, Ids = chat.Ids } : null!;
        }
        if (request.Decode) return line => new TokenizedLine { Text = tokenizer.Decode(Ids(line), keepSpecial: !request.NoSpecial) };
        return line =>
        {
            var text = Text(line);
            var ids = tokenizer.Encode(text, addSpecial: !request.NoSpecial);
            return new TokenizedLine { Ids = ids, Tokens = tokenizer.TokensOf(text, ids) };
        };
    }

    private static TokenizedLine Try(ReadOnlyMemory<byte> line, Func<JsonElement, TokenizedLine> answer)
    {
        try
        {
            if (line.Span.IndexOfAnyExcept(" \t"u8) < 0) return new TokenizedLine { Error = "The line is empty." };
            using var json = JsonDocument.Parse(line, _options);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new TokenizedLine { Error = "The line is not a JSON object." };
            return answer(json.RootElement);
        }
        catch (JsonException e)
        {
            return new TokenizedLine { Error = $"The line is not valid JSON at byte {e.BytePositionInLine ?? 0}: {e.Message.Split(" LineNumber:")[0]}" };
        }
        catch (TemplateException e)
        {
            return new TokenizedLine { Error = $"The conversation is not one: {e.Message}" };
        }
        catch (LearningException e)
        {
            return new TokenizedLine { Error = e.Message };
        }
    }

    private static ChatTemplate Template(TokenizeRequest request, TokenizerFolder folder)
    {
        if (request.Template is not { } file) return folder.Template();
        if (!File.Exists(file)) throw new CommandException(CommandExitCode.NotFound, $"The template '{file}' does not exist.");
        return TokenizerFolder.Parse(File.ReadAllText(file), file);
    }

    private static DateTimeOffset? Time(string? now)
    {
        if (now is null) return null;
        return DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CommandException(CommandExitCode.Usage, $"--now is '{now}', which is not a time.", "Write it like 2025-03-09T10:30:00.");
    }

    private static string Text(JsonElement line)
    {
        if (!line.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String) throw new TokenizerException("The line has no text: {\"text\": \"...\"} was expected.");
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerException("The text holds half a character (a lone surrogate), which has no form in UTF-8.", e);
        }
    }

    private static int[] Ids(JsonElement line)
    {
        if (!line.TryGetProperty("ids", out var ids) || ids.ValueKind != JsonValueKind.Array) throw new TokenizerException("The line has no ids: {\"ids\": [...]} was expected.");
        return [.. ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) ? number : throw new TokenizerException($"An id is {id.GetRawText()}, which is not an id."))];
    }
}
