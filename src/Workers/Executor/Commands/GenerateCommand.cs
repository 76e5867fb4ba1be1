using Ptune.Contracts.Commands;
using Ptune.Learning.Generation;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune generate</c> on a folder: 0 where every prompt was answered, 1 where one could not be.</summary>
internal static class GenerateCommand
{
    /// <summary>A folder for converted weights; unset: they are converted in memory each time.</summary>
    private const string WeightCacheVariable = "PTUNE_WEIGHT_CACHE";

    public static int Run(GenerateRequest request, CommandStreams streams, CancellationToken stop)
    {
        var prompts = PromptFiles.Read(request, streams, stop);
        var printer = new AnswerPrinter(streams, prompts.Count, request.Json, isTerminal: !Console.IsOutputRedirected);
        var options = new FolderGenerationOptions
        {
            Folder = request.Model,
            Prompts = prompts,
            Template = request.Template is { } file ? TemplateChoice.Read(file) : null,
            Now = TemplateChoice.Time(request.Now),
            Stop = request.Stop,
            Adapter = request.Patch,
            Carried = RewardFolders.Find(request.Model, [.. request.Rewards.Select(reward => new RewardFolder(reward.Folder, reward.Weight))], request.RewardSources, stop),
            Temperature = request.Temperature,
            TopK = request.TopK,
            TopP = request.TopP,
            RepetitionPenalty = request.RepetitionPenalty,
            MaxTokens = request.MaxTokens,
            IgnoreEos = request.IgnoreEos,
            Seed = request.Seed,
            Dtype = request.Dtype,
            WeightCache = Environment.GetEnvironmentVariable(WeightCacheVariable) is { Length: > 0 } folder ? folder : null,
        };
        FolderGeneration.Run(options, printer, stop);
        return printer.AnyFailed ? CommandExitCode.Failed : CommandExitCode.Done;
    }
}
