using Ptune.Learning.Adaptation;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>A network that is carried, loaded: with its tokens and the folder of its tokenizer.</summary>
/// <param name="Network">In use.</param>
/// <param name="Tokens">What it answers over.</param>
/// <param name="Factor">What its outputs are multiplied by.</param>
/// <param name="Folder">The model's files.</param>
internal sealed record LoadedNetwork(LanguageNetwork Network, TokenSpace Tokens, double Factor, string Folder) : IDisposable
{
    private Adapter? _adapter;
    private bool _isBorrowed;

    /// <summary>A reward: a whole network, or its source with deltas.</summary>
    /// <exception cref="LearningException">It is none, is damaged, or the source is not the one that it was tuned on.</exception>
    public static LoadedNetwork Reward(ArtifactFolder reward, ArtifactFolder? source, double weight, string name, ScalarType type, Device device, WeightCache? cache, HiddenStateCache? states = null)
    {
        var facts = RewardFacts.Read(reward.Path, name);
        if (facts.Answers is { } answers) throw new TransferException($"{name} is over {answers}, not over tokens. Use it where {answers} are judged: {(answers == RewardFacts.OverLabels ? "the task accuracy on data of the format textLabel" : "the task multipleChoice")}.");
        double factor = weight / facts.Lambda;
        if (facts.Method == RewardFacts.Full) return Model(reward, factor, name, type, device, cache, states);
        var loaded = Model(facts.RequireSource(source, name), factor, $"{name}'s source", type, device, cache);
        try
        {
            loaded._adapter = PatchFolder.Attach(reward.Path, loaded.Network.Model, [source!.Digest, facts.Source], device, []);
            return loaded with
            {
                Tokens = loaded.Tokens with { Name = name },
                Network = loaded.Network with { States = states?.Of($"{source.Digest} with {reward.Digest}", type) },
            };
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>A language model.</summary>
    public static LoadedNetwork Model(ArtifactFolder artifact, double factor, string name, ScalarType type, Device device, WeightCache? cache, HiddenStateCache? states = null)
    {
        string folder = ModelArtifact.FolderOf(artifact.Path);
        using var opened = PretrainedFolder.Open(folder);
        var tokens = TokenSpace.Of(name, opened);
        var model = (CausalLanguageModel)(artifact.HasGolden
            ? ModelArtifact.Load(artifact.Path, artifact.Digest, type, device, cache)
            : PretrainedFolder.Open(folder).LanguageModel(type, device, cache is null ? null : (cache, artifact.Digest)));
        return new LoadedNetwork(new LanguageNetwork(model, States: states?.Of(artifact.Digest, type)), tokens, factor, folder);
    }

    /// <summary>The same model with a patch: a second network over the same weights, which stay this one's.</summary>
    /// <param name="patch">The patch's folder.</param>
    /// <param name="digest">Of the model's artifact.</param>
    /// <exception cref="LearningException">The patch does not fit the model.</exception>
    public LoadedNetwork With(string patch, string digest, double factor)
    {
        var own = Network.Model as Decoder ?? throw new TransferException($"{Tokens.Name} is not a language model.");
        var shared = new Decoder(own.Config, own.Parameters);
        var adapter = PatchFolder.Attach(patch, shared, [digest], Network.Device, []);
        return new LoadedNetwork(new LanguageNetwork(shared, adapter.Prompt), Tokens, factor, Folder) { _adapter = adapter, _isBorrowed = true };
    }

    public void Dispose()
    {
        _adapter?.Dispose();
        if (!_isBorrowed) Network.Model.Dispose();
    }
}
