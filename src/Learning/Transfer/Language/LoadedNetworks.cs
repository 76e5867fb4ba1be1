using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>All that is carried to a model, loaded; it owns the networks.</summary>
internal sealed class LoadedNetworks : IDisposable
{
    private readonly List<LoadedNetwork> _networks = [];
    private readonly List<TokenContract> _contracts = [];
    private readonly List<CarriedNetwork> _carried = [];

    /// <summary>In the order of the rewards, then the tuned source and its source.</summary>
    public IReadOnlyList<LoadedNetwork> Networks => _networks;

    /// <summary>What <see cref="Fit"/> gave.</summary>
    public IReadOnlyList<CarriedNetwork> Carried => _carried;

    /// <summary>Tokens of the target that none of what is carried says something of; 0 before anything is fitted.</summary>
    public long WithoutReward => _contracts.Select(contract => contract.WithoutReward).DefaultIfEmpty().Min();

    /// <summary>So many tokens were read that some of what is carried does not have.</summary>
    public long Replaced => _carried.Sum(network => network.Replaced);

    /// <summary>What messages call a reward.</summary>
    public static string NameOf(CarriedFolders folders, int number) => folders.Rewards.Count == 1 ? "The reward" : $"Reward {number + 1}";

    /// <param name="folders">What is carried.</param>
    /// <param name="type">What is computed in.</param>
    /// <param name="device">Where.</param>
    /// <param name="cache">Of converted weights.</param>
    /// <param name="states">Where what the networks make of texts is kept, for those that read the same; null: nowhere.</param>
    /// <exception cref="LearningException">Something is damaged, or is not what it has to be.</exception>
    public static LoadedNetworks Load(CarriedFolders folders, ScalarType type, Device device, WeightCache? cache, HiddenStateCache? states = null)
    {
        var loaded = new LoadedNetworks();
        try
        {
            foreach (var (number, (reward, source, weight)) in folders.Rewards.Index())
                loaded._networks.Add(LoadedNetwork.Reward(reward, source, weight, NameOf(folders, number), type, device, cache, states));
            if (folders.Emulated is not { } emulated) return loaded;
            loaded._networks.Add(LoadedNetwork.Model(emulated.Tuned, emulated.Weight, "The tuned source", type, device, cache, states));
            loaded._networks.Add(LoadedNetwork.Model(emulated.Source, -emulated.Weight, "The source", type, device, cache, states));
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>What is added to a target with these tokens.</summary>
    /// <param name="skip">So many of the networks are not added, since they are the target.</param>
    /// <exception cref="TransferException">An id means one token here and another there.</exception>
    public IReadOnlyList<CarriedNetwork> Fit(TokenSpace target, int skip = 0)
    {
        foreach (var network in _networks.Skip(skip))
        {
            _contracts.Add(TokenContract.Of(target, network.Tokens, network.Network.Device));
            _carried.Add(new CarriedNetwork(network.Network, network.Factor, _contracts[^1]));
        }

        return _carried;
    }

    public void Dispose()
    {
        foreach (var contract in _contracts) contract.Dispose();
        foreach (var network in _networks) network.Dispose();
    }
}
