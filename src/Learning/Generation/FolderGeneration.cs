using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>Continues prompts by the model of a folder, on the CPU.</summary>
public static class FolderGeneration
{
    /// <summary>The answers, in the order of the prompts; one that is refused keeps none of the others from its answer.</summary>
    /// <param name="note">Told what loads, but is worth a sentence.</param>
    /// <exception cref="LearningException">The folder or an option is refused.</exception>
    public static IReadOnlyList<FolderAnswer> Run(FolderGenerationOptions options, Action<string> note, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        var type = ComputeTypes.Of(options.Dtype);
        using var folder = PretrainedFolder.Open(options.Folder);
        var notes = folder.Notes.ToList();
        var defaults = GenerationDefaults.Read(folder.Files, notes);
        var tokens = TokenizerEntries.Read(folder.Files);
        using var model = folder.LanguageModel(type, CPU);
        using var adapterFolder = options.Adapter is null ? null : PeftFolder.Open(options.Adapter);
        using var adapter = adapterFolder?.Attach(model, [options.Folder], CPU);
        foreach (string each in notes.Concat(adapterFolder?.Notes ?? [])) note(each);
        using var scorer = new ModelScorer(model, adapter?.Prompt);
        return Answer(new TextGenerator(scorer), options, new GenerationRequest
        {
            Prompts = options.Prompts,
            MaxTokens = options.MaxTokens ?? defaults.MaxNewTokens,
            MaxLength = defaults.MaxLength,
            Sampling = defaults.Sampling(options.Temperature, options.TopK, options.TopP, options.RepetitionPenalty, options.Seed),
            Ends = options.IgnoreEos ? [] : [.. defaults.Ends],
            Tokens = tokens,
        }, stop);
    }

    private static FolderAnswer[] Answer(TextGenerator generator, FolderGenerationOptions options, GenerationRequest request, CancellationToken stop)
    {
        request.Sampling.Check();
        string?[] problems = [.. options.Prompts.Select(prompt => generator.ProblemOf(prompt, request.MaxTokens))];
        int[] sound = [.. Enumerable.Range(0, problems.Length).Where(number => problems[number] is null)];
        var texts = generator.Generate(request with { Prompts = [.. sound.Select(number => options.Prompts[number])], Numbers = sound }, stop);
        var byNumber = sound.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. options.Prompts.Select((prompt, number) => byNumber.TryGetValue(number, out var text)
            ? new FolderAnswer { PromptIds = prompt, Ids = text.Ids, Finish = text.Finish.ToString().ToLowerInvariant(), TokensPerSecond = text.Seconds > 0 ? text.Ids.Count / text.Seconds : null }
            : new FolderAnswer { PromptIds = prompt, Error = problems[number] })];
    }
}
