using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Learning.Generation;
using Ptune.Templates.Chat;

namespace Ptune.Executor.Commands;

/// <summary>The prompts of <c>ptune generate</c>, as its request names them.</summary>
internal static class PromptFiles
{
    private static readonly string[] _endings = ["add_generation_prompt", "continue_final_message"];

    /// <exception cref="CommandException">A file does not exist, or holds no prompts.</exception>
    public static IReadOnlyList<GenerationPrompt> Read(GenerateRequest request, CommandStreams streams, CancellationToken stop)
    {
        if (request.Prompts is { } texts) return [.. texts.Select(text => new GenerationPrompt { Text = text })];
        return request.Messages is { } messages ? ReadMessages(messages, streams, stop) : ReadIds(request.PromptIds!, streams);
    }

    private static List<GenerationPrompt> ReadMessages(string path, CommandStreams streams, CancellationToken stop)
    {
        using var lines = InputLines.Open(path, streams, stop);
        var prompts = new List<GenerationPrompt>();
        foreach (var line in lines.Read()) prompts.Add(JsonLine.Read(line, Prompt, error => new GenerationPrompt { Error = error }));
        return prompts.Count > 0 ? prompts : throw new CommandException(CommandExitCode.Usage, $"{What(path)} holds no conversations.", "It has one on each line: {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}.");
    }

    // An answer is what is asked for: where a line does not say how the prompt ends, it ends with the answer's header.
    private static GenerationPrompt Prompt(JsonElement line)
    {
        var conversation = Conversation.Parse(line);
        bool saysHowItEnds = _endings.Any(name => line.TryGetProperty(name, out var said) && said.ValueKind != JsonValueKind.Null);
        return new GenerationPrompt { Conversation = saysHowItEnds ? conversation : conversation.Until(conversation.Count, addGenerationPrompt: true) };
    }

    private static GenerationPrompt[] ReadIds(string path, CommandStreams streams)
    {
        try
        {
            using var file = path == "-" ? streams.Input : File.OpenRead(path);
            long[][]? prompts = JsonSerializer.Deserialize<long[][]>(file);
            return prompts is null or [] || prompts.Any(prompt => prompt is null)
                ? throw new CommandException(CommandExitCode.Usage, $"{What(path)} holds no prompts.", "It is a list of lists of ids, such as [[1, 2, 3], [4, 5]].")
                : [.. prompts.Select(prompt => GenerationPrompt.OfIds(prompt))];
        }
        catch (JsonException error)
        {
            throw new CommandException(CommandExitCode.Usage, $"{What(path)}, line {error.LineNumber + 1}: not a list of lists of whole numbers.", "Write it as [[1, 2, 3], [4, 5]].");
        }
    }

    private static string What(string path) => path == "-" ? "Standard input" : path;
}
