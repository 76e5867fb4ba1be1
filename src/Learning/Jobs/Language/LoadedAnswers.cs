using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Transfer.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A network that answers, loaded with its tokenizer and what hangs on it.</summary>
internal sealed class LoadedAnswers : IDisposable
{
    private readonly Network _network;
    private readonly TokenizerFolder _tokenizer;
    private readonly Adapter? _adapter;

    private LoadedAnswers(Network network, TokenizerFolder tokenizer, Adapter? adapter, string name, (HiddenStateCache Cache, string Network)? kept)
    {
        (_network, _tokenizer, _adapter) = (network, tokenizer, adapter);
        Model = new AnswerModel(network, tokenizer, name, adapter?.Prompt, kept);
    }

    public AnswerModel Model { get; }

    /// <summary>A model, alone or with a patch. What a patched one answers is kept only where others ask for it, too: of a reward.</summary>
    /// <exception cref="LearningException">It is damaged, or the patch does not fit it.</exception>
    public static LoadedAnswers Load(ArtifactFolder artifact, string? patch, IReadOnlyList<string> baseNames, string name, ComputeType? type, JobContext context) =>
        Load(artifact, patch, baseNames, name, type, context, patch is null ? artifact.Digest : null);

    private static LoadedAnswers Load(ArtifactFolder artifact, string? patch, IReadOnlyList<string> baseNames, string name, ComputeType? type, JobContext context, string? keptAs)
    {
        string folder = ModelArtifact.FolderOf(artifact.Path);
        var head = patch is null ? null : PatchLabels.Read(patch);
        using (var opened = PretrainedFolder.Open(folder, head)) TokenizerEntries.RefuseBeyondTheRows(opened, TokenizerEntries.Read(opened.Files));
        var tokenizer = TokenizerFolder.Load(folder);
        Network? network = null;
        try
        {
            network = ModelArtifact.Load(artifact.Path, artifact.Digest, TunedModel.TypeOf(type), context.Device, context.Weights, head);
            return new LoadedAnswers(network, tokenizer, patch is null ? null : PatchFolder.Attach(patch, network, baseNames, context.Device, []), name, keptAs is null ? null : (context.States, keptAs));
        }
        catch
        {
            network?.Dispose();
            tokenizer.Dispose();
            throw;
        }
    }

    /// <summary>A reward over answers; one by LoRA with the source that it was tuned on.</summary>
    /// <exception cref="LearningException">It is damaged, or the source is missing or another one.</exception>
    public static LoadedAnswers Reward(RewardFacts facts, ArtifactFolder reward, ArtifactFolder? source, string name, ComputeType? type, JobContext context)
    {
        if (facts.Method == RewardFacts.Full) return Load(reward, null, [], name, type, context);
        return Load(facts.RequireSource(source, name), reward.Path, [source!.Digest, facts.Source], name, type, context, $"{source.Digest} {reward.Digest}");
    }

    public void Dispose()
    {
        _adapter?.Dispose();
        _network.Dispose();
        _tokenizer.Dispose();
    }
}
