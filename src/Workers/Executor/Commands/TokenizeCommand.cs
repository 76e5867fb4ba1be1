using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Learning.Importing;
using Ptune.Learning.Tokenization;
using Ptune.Templates.Chat;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune tokenize</c>: a line of output for each line of input, in its order; a line that fails says why in its place, and the rest goes on.</summary>
internal static class TokenizeCommand
{
    public static int Run(TokenizeRequest request, CommandStreams streams, CancellationToken stop)
    {
        using var folder = TokenizerFolder.Load(ReferencedFolder.Of(request.Model));
        foreach (var note in folder.Notes) streams.Error.WriteLine($"note: {note}");
        var answer = Answerer(request, folder);
        using var lines = InputLines.Open(request.Messages ?? request.File!, streams, stop);
        var code = CommandExitCode.Done;
        foreach (var line in lines.Read())
        {
            stop.ThrowIfCancellationRequested();
            var result = JsonLine.Read(line, answer, error => new TokenizedLine { Error = error });
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
            var encoder = new ChatEncoder(folder, request.Template is { } file ? TemplateChoice.Read(file) : folder.Template(), TemplateChoice.Time(request.Now));
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
