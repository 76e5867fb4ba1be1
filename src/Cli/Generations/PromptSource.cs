using System.Text.Json;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Generations;

/// <summary>The prompts of <c>ptune generate</c> as its request names them, read on this machine and sent with the job.</summary>
internal static class PromptSource
{
    private const string StandardInput = "-";

    /// <summary>All prompts of a job are one spec, which is short; longer files are refused unread.</summary>
    private const int MostBytes = 4_000_000;

    /// <exception cref="CliException">A file cannot be read, or holds no prompts.</exception>
    public static IReadOnlyList<Prompt> Read(GenerateRequest request)
    {
        if (request.Prompts is { } texts) return [.. texts.Select(text => new Prompt { Text = text })];
        return request.Messages is { } messages ? Conversations(messages) : Ids(request.PromptIds!);
    }

    private static List<Prompt> Conversations(string path)
    {
        var bytes = Bytes(path);
        var prompts = new List<Prompt>();
        // Only a line feed ends a line; what follows the last one is a line where it is not empty.
        for (var begin = 0; begin < bytes.Length;)
        {
            var length = Array.IndexOf(bytes, (byte)'\n', begin) is var end && end < 0 ? bytes.Length - begin : end - begin;
            var line = bytes.AsMemory(begin, length);
            prompts.Add(ConversationLine.Read(line.Span.EndsWith("\r"u8) ? line[..^1] : line));
            begin += length + 1;
        }
        return prompts.Count > 0 ? prompts : throw new CliException(ExitCode.Usage, $"{What(path)} holds no conversations.", "It has one on each line: {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}.");
    }

    private static Prompt[] Ids(string path)
    {
        try
        {
            var prompts = JsonSerializer.Deserialize<long[][]>(Bytes(path));
            return prompts is null or [] || prompts.Any(prompt => prompt is null)
                ? throw new CliException(ExitCode.Usage, $"{What(path)} holds no prompts.", "It is a list of lists of ids, such as [[1, 2, 3], [4, 5]].")
                : [.. prompts.Select(Ids)];
        }
        catch (JsonException error)
        {
            throw new CliException(ExitCode.Usage, $"{What(path)}, line {error.LineNumber + 1}: not a list of lists of whole numbers.", "Write it as [[1, 2, 3], [4, 5]].");
        }
    }

    private static Prompt Ids(long[] prompt)
    {
        if (prompt.Length == 0) return new Prompt { Error = "The prompt is empty: a model needs a token to begin with." };
        var wrong = Array.FindIndex(prompt, id => id is < 0 or > int.MaxValue);
        return wrong < 0 ? new Prompt { Ids = [.. prompt.Select(id => (int)id)] } : new Prompt { Error = $"The prompt holds the id {prompt[wrong]}, which no model has." };
    }

    private static byte[] Bytes(string path)
    {
        using var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        using var read = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is var count and > 0)
        {
            if (read.Length + count > MostBytes)
                throw new CliException(ExitCode.Usage, $"{What(path)} is longer than {MostBytes / 1_000_000} MB, and a job's prompts come to at most 1,000,000 characters.", "Divide it over several commands, or get the model with 'ptune artifacts get' and generate on its folder.");
            read.Write(buffer, 0, count);
        }
        var bytes = read.ToArray();
        return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    private static string What(string path) => path == StandardInput ? "Standard input" : path;
}
