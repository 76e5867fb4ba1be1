using System.Globalization;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Generation;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Tokenization;
using Ptune.Templates;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Jobs;

/// <summary>Lets a language model write; what it has written so far is told with the progress.</summary>
internal static class GenerationJob
{
    /// <summary>The artifact's one file: a line for each prompt, in their order.</summary>
    public const string FileName = "generations.jsonl";

    // As ptune generate reads lines of a file.
    private static readonly JsonDocumentOptions _conversation = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    public static JobOutcome Run(JobContext context, GenerationSpec spec)
    {
        GenerationPrompt[] prompts = [.. Prompts(spec, ShownExamples.Text(context, spec.FewShot))];
        var reader = new GenerationProgress(prompts.Length, context.Run.OnProgress);
        FolderGeneration.Run(
            new FolderGenerationOptions
            {
                Folder = ModelArtifact.FolderOf(context.Input("model")),
                Prompts = prompts,
                Template = spec.Template is null ? null : TokenizerFolder.Parse(spec.Template, "The template"),
                Now = spec.Now is null ? null : DateTimeOffset.Parse(spec.Now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Stop = spec.Stop ?? [],
                Adapter = spec.Patch is null ? null : context.Input("patch"),
                Carried = CarriedArtifacts.Of(context, spec.Rewards, spec.Emulated),
                Temperature = spec.Temperature,
                TopK = spec.TopK,
                TopP = spec.TopP,
                RepetitionPenalty = spec.RepetitionPenalty,
                MaxTokens = spec.MaxTokens,
                IgnoreEos = spec.IgnoreEos ?? false,
                Seed = spec.Seed,
                Dtype = ModelFiles.Word(spec.Dtype),
                WeightCache = context.WeightFolder,
            },
            reader,
            context.Run.Stop);
        Write(Path.Combine(context.OutputFolder, FileName), reader.Answers);
        return context.Complete(
            ArtifactKind.Generation,
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Count] = prompts.Length,
                [MetricNames.Refused] = reader.Answers.Count(answer => answer.Error is not null),
                [MetricNames.Tokens] = reader.Answers.Sum(answer => answer.Ids?.Count ?? 0),
            },
            new SortedDictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<string, double> { [MetricNames.TokensPerSecond] = reader.Answers.Average(answer => answer.TokensPerSecond ?? 0) });
    }

    private static IEnumerable<GenerationPrompt> Prompts(GenerationSpec spec, string shown)
    {
        if (spec.PromptIds is { } ids) return ids.Select(prompt => GenerationPrompt.OfIds([.. prompt.Select(id => (long)id)]));
        return spec.Prompts is { } texts ? texts.Select(text => new GenerationPrompt { Text = shown + text }) : (spec.Conversations ?? []).Select(Parse);
    }

    private static GenerationPrompt Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, _conversation);
            return new GenerationPrompt { Conversation = Conversation.Parse(document.RootElement) };
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or TemplateException or LearningException)
        {
            return new GenerationPrompt { Error = $"The conversation cannot be read: {e.Message}" };
        }
    }

    private static void Write(string path, IReadOnlyList<FolderAnswer> answers) => AtomicFile.Write(path, stream =>
    {
        foreach (var answer in answers)
        {
            stream.Write(Encoding.UTF8.GetBytes(GenerationProgress.Line(answer)));
            stream.Write("\n"u8);
        }
    });
}
