using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>The evaluations that a port is judged by. Each is a job with an id of its own: what is in the store, such as the bare target on the same probe, is not computed again.</summary>
internal sealed class CarryJobs(CarryOrder order, CarryParties parties)
{
    /// <summary>Tokens of an example or window: all models read as many, so that they are asked the same.</summary>
    public int MaxTokens { get; } = new[] { parties.Source, parties.Target, parties.Artifact }
        .Select(view => view.Manifest.Context() ?? int.MaxValue).Append(order.MaxTokens).Min();

    /// <summary>The model by itself.</summary>
    public EvaluationSpec Bare(string model, DataSpec data, string name) => new() { Name = name, Subject = model, Data = data, Dtype = order.Dtype };

    /// <summary>The model with the artifact.</summary>
    public EvaluationSpec Carried(string model, DataSpec data, string name)
    {
        var bare = Bare(model, data, name);
        if (parties.IsPatch) return bare with { Patch = parties.Artifact.Digest };
        return bare with { Rewards = [new RewardUse { Reward = parties.Artifact.Digest, Weight = order.Weight, Source = parties.NeedsSource ? parties.Source.Digest : null }] };
    }

    /// <summary>The target with the artifact on the probe, with what tells how risky the port is.</summary>
    /// <param name="tunedOn">What the artifact was tuned on; null: not known, or not to be had.</param>
    public EvaluationSpec Probed(DataSpec data, string name, DataSpec? tunedOn) => Carried(parties.Target.Digest, data, name) with { Source = parties.Source.Digest, TunedOn = tunedOn };
}
