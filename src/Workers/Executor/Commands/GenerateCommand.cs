using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;
using Ptune.Learning.Generation;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune generate</c> on a folder: 0 where every prompt was answered, 1 where one could not be.</summary>
internal static class GenerateCommand
{
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options) { WriteIndented = false, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };

    public static int Run(GenerateRequest request, CommandStreams streams, CancellationToken stop)
    {
        var answers = FolderGeneration.Run(
            new FolderGenerationOptions
            {
                Folder = request.Model,
                Prompts = ReadPrompts(request.PromptIds, streams.Input),
                Adapter = request.Patch,
                Temperature = request.Temperature,
                TopK = request.TopK,
                TopP = request.TopP,
                RepetitionPenalty = request.RepetitionPenalty,
                MaxTokens = request.MaxTokens,
                IgnoreEos = request.IgnoreEos,
                Seed = request.Seed,
                Dtype = request.Dtype,
            },
            note => streams.Error.WriteLine($"note: {note}"),
            stop);
        foreach (var answer in answers) Write(answer, request.Json, streams);
        return answers.Any(answer => answer.Error is not null) ? CommandExitCode.Failed : CommandExitCode.Done;
    }

    private static void Write(FolderAnswer answer, bool json, CommandStreams streams)
    {
        if (!json)
        {
            streams.Output.WriteLine(answer.Error is { } error ? $"error: {error}" : $"{string.Join(' ', answer.Ids!)}  ({answer.Finish}, {answer.TokensPerSecond:0.0} tokens/s)");
            return;
        }

        streams.Output.WriteLine(answer.Error is not null
            ? JsonSerializer.Serialize(new { error = answer.Error }, _json)
            : JsonSerializer.Serialize(new { promptIds = answer.PromptIds, ids = answer.Ids, text = (string?)null, finish = answer.Finish, tokensPerSecond = answer.TokensPerSecond }, _json));
    }

    private static long[][] ReadPrompts(string path, Stream input)
    {
        string what = path == "-" ? "Standard input" : path;
        try
        {
            using var file = path == "-" ? input : File.OpenRead(path);
            long[][]? prompts = JsonSerializer.Deserialize<long[][]>(file);
            if (prompts is null or [] || prompts.Any(prompt => prompt is null)) throw new CommandException(CommandExitCode.Usage, $"{what} holds no prompts.", "It is a list of lists of ids, such as [[1, 2, 3], [4, 5]].");
            return prompts;
        }
        catch (JsonException error)
        {
            throw new CommandException(CommandExitCode.Usage, $"{what}, line {error.LineNumber + 1}: not a list of lists of whole numbers.", "Write it as [[1, 2, 3], [4, 5]].");
        }
    }
}
