using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>Rewards in the store, each with the model that it was tuned on where it is needed: a LoRA reward is deltas on that model's weights.</summary>
internal sealed class StoredRewards(ServerClient client, CancellationToken cancellation)
{
    private const string Lora = "lora";

    /// <param name="rewards">References to rewards.</param>
    /// <param name="sources">References to models that LoRA rewards were tuned on. Default: what the rewards say.</param>
    /// <exception cref="CliException">There is no such artifact, it is of another kind, or it is a reward of images.</exception>
    public async Task<IReadOnlyList<(ArtifactView Reward, ArtifactView? Source)>> FindAsync(IReadOnlyList<string> rewards, IReadOnlyList<string> sources)
    {
        var given = new List<ArtifactView>();
        foreach (var source in sources) given.Add(await new StoredArtifact(client, source).FindAsync(ArtifactKind.Model, cancellation));
        var found = new List<(ArtifactView, ArtifactView?)>();
        foreach (var reward in rewards)
        {
            var artifact = await new StoredArtifact(client, reward).FindAsync(ArtifactKind.Reward, cancellation);
            var method = artifact.Manifest.Attributes.GetValueOrDefault(AttributeNames.Method)
                ?? throw new CliException(ExitCode.Usage, $"'{reward}' is a reward of images, and MODEL is a language model.", "'ptune rewards' lists them with their families.");
            found.Add((artifact, method == Lora ? await SourceAsync(artifact, given) : null));
        }
        return found;
    }

    private async Task<ArtifactView> SourceAsync(ArtifactView reward, List<ArtifactView> given)
    {
        var of = reward.Manifest.Attributes[AttributeNames.Base];
        // Another import of the same weights has another digest; the job compares the weights.
        return given.Find(source => source.Digest == of) ?? (given.Count > 0 ? given[0] : await new StoredArtifact(client, of).FindAsync(ArtifactKind.Model, cancellation));
    }
}
