using Ptune.Learning.Adaptation;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Transfer.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>Continues prompts by the model of a folder, on the CPU.</summary>
public static class FolderGeneration
{
    /// <summary>Gives the reader an answer to each prompt; one that is refused keeps none of the others from its answer.</summary>
    /// <exception cref="LearningException">The folder or an option is refused.</exception>
    public static void Run(FolderGenerationOptions options, IGenerationReader reader, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        options.Check();
        var type = ComputeTypes.Of(options.Dtype);
        using var folder = ModelArtifact.Open(options.Folder);
        var notes = folder.Notes.ToList();
        var defaults = GenerationDefaults.Read(folder.Files, notes);
        var tokens = TokenizerEntries.Read(folder.Files);
        TokenizerEntries.RefuseBeyondTheRows(folder, tokens);
        using var encoder = options.NeedsTokenizer ? new PromptEncoder(folder.Files.Folder, options) : null;
        EncodedPrompt[] prompts = [.. options.Prompts.Select(prompt => EncodedPrompt.Of(prompt, encoder))];
        var sampling = SamplingOptions.Of(defaults, options.Temperature, options.TopK, options.TopP, options.RepetitionPenalty, options.Seed);
        sampling.Check();
        var cache = options.WeightCache is { } kept ? (new WeightCache(kept), FolderState.Of(folder)) : ((WeightCache, string)?)null;
        var space = options.Carried.IsEmpty ? null : TokenSpace.Of("The model", folder);
        // Before memory is taken for a network.
        if (space is not null) CarriedContract.Require(space, options.Carried);
        using var carried = LoadedNetworks.Load(options.Carried, type, CPU, cache?.Item1);
        using var model = folder.LanguageModel(type, CPU, cache);
        using var adapter = options.Adapter is null ? null : PatchFolder.Attach(options.Adapter, model, [options.Folder], CPU, notes);
        foreach (string note in notes.Concat(encoder?.Notes ?? [])) reader.OnNote(note);
        var own = new ModelScorer(model, adapter?.Prompt);
        using ITokenScorer scorer = space is null ? own : new PortedScorer(own, 1, space.Padding(), carried.Fit(space));
        var answers = new AnswerReader(prompts, encoder?.Tokenizer, options, [.. defaults.Ends], reader);
        var generator = new TextGenerator(scorer);
        int[] sound = answers.Sound(prompt => generator.ProblemOf(prompt, options.MaxTokens ?? defaults.MaxNewTokens));
        generator.Generate(
            new GenerationRequest
            {
                Prompts = [.. sound.Select(number => prompts[number].Ids)],
                Numbers = sound,
                MaxTokens = options.MaxTokens ?? defaults.MaxNewTokens,
                MaxLength = defaults.MaxLength,
                Sampling = sampling,
                Ends = options.IgnoreEos ? [] : [.. defaults.Ends],
                Tokens = tokens,
                OnToken = (place, token) => answers.OnToken(sound[place], token),
                OnEnd = (place, text) => answers.OnEnd(sound[place], text),
            },
            stop);
    }
}
