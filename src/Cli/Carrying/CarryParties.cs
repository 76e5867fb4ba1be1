using System.Globalization;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>The artifact, its source and the target, found in the store and known to be what they have to be.</summary>
internal sealed record CarryParties(ArtifactView Artifact, ArtifactView Source, ArtifactView Target)
{
    private const string UnknownLicence = "unknown";

    public bool IsPatch => Artifact.Manifest.Kind == ArtifactKind.Patch;

    /// <summary>A LoRA reward needs its source's weights.</summary>
    public bool NeedsSource => !IsPatch && Artifact.Manifest.Attributes.GetValueOrDefault(AttributeNames.Method) == "lora";

    /// <summary>Finds them.</summary>
    /// <exception cref="CliException">One is missing, or is not what it has to be: the contract is broken before anything runs.</exception>
    public static async Task<CarryParties> FindAsync(ServerClient client, CarryOrder order, CancellationToken cancellation)
    {
        var artifact = await client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, order.Artifact), cancellation);
        if (artifact.Manifest.Kind is not (ArtifactKind.Patch or ArtifactKind.Reward))
            throw new CliException(ExitCode.Usage, $"'{order.Artifact}' is a {Words.Lower(artifact.Manifest.Kind)}; only a patch or a reward can be carried.", "'ptune patches' and 'ptune rewards' list them.");
        if (artifact.Manifest.Kind == ArtifactKind.Patch && order.Weight != 1)
            throw new CliException(ExitCode.Usage, $"'{order.Artifact}' is a patch, which has no weight.", "Remove --weight.");
        var target = await new StoredArtifact(client, order.Target).FindAsync(ArtifactKind.Model, cancellation);
        var source = await SourceAsync(client, order, artifact, cancellation);
        var parties = new CarryParties(artifact, source, target);
        parties.Check(order);
        await parties.CompareAsync(client, order, cancellation);
        return parties;
    }

    /// <summary>What a user should know before the figures are believed.</summary>
    public IEnumerable<string> Warnings(CarryOrder order)
    {
        if (order.Weight is < 0 or > 4) yield return $"The weight {Number(order.Weight)} is {(order.Weight < 0 ? "negative: the target is moved away from what was learnt" : "above 4: beyond what rewards are trained for")}.";
        else if (order.Weight != 1) yield return $"The weight {Number(order.Weight)} counts as another lambda than the {Artifact.Manifest.Attributes.GetValueOrDefault(AttributeNames.Lambda, "1")} that the reward was trained with.";
        // An update that goes on with the source's pretraining is what artifacts are carried to.
        if (Target.Manifest.Recipe is FineTuningSpec && Target.Manifest.Attributes.GetValueOrDefault(AttributeNames.Base) == Source.Digest)
            yield return $"{order.Target} was itself tuned from the artifact's source: it may have learnt the same already.";
        if (Target.Digest == Source.Digest) yield return $"{order.Target} is the artifact's own source: nothing is carried anywhere.";
        var (from, to) = (Licence(Source), Licence(Target));
        if (from != to) yield return $"The licences differ: the artifact was tuned on a model under '{from}', and the target is under '{to}'. Check that both allow the combination.";
        else if (from == UnknownLicence) yield return "The licences of the artifact's source and of the target are unknown.";
    }

    /// <summary>A model's licence, as its card says it.</summary>
    public static string Licence(ArtifactView model) => model.Manifest.Attributes.GetValueOrDefault(AttributeNames.Licence, UnknownLicence);

    /// <summary>Tokens and tensors, before a device is taken.</summary>
    private async Task CompareAsync(ServerClient client, CarryOrder order, CancellationToken cancellation)
    {
        // A LoRA reward and a patch have their source's tokenizer.
        var tokens = await StoredTokens.ReadAsync(client, Artifact, order.Artifact, cancellation) ?? await StoredTokens.ReadAsync(client, Source, "the artifact's source", cancellation);
        if (tokens is not null && await StoredTokens.ReadAsync(client, Target, order.Target, cancellation) is { } target) StoredTokens.RequireAgreement(tokens, target, order.Artifact, order.Target);
        if (!IsPatch) return;
        StoredTensors.RequireFit(await StoredTensors.ReadAsync(client, Artifact, cancellation), await StoredTensors.ReadAsync(client, Source, cancellation), await StoredTensors.ReadAsync(client, Target, cancellation), order.Target);
    }

    private static async Task<ArtifactView> SourceAsync(ServerClient client, CarryOrder order, ArtifactView artifact, CancellationToken cancellation)
    {
        if (order.Source is { } named) return await new StoredArtifact(client, named).FindAsync(ArtifactKind.Model, cancellation);
        if (artifact.Manifest.Attributes.GetValueOrDefault(AttributeNames.Base) is not { } digest)
            throw new CliException(ExitCode.Usage, $"'{order.Artifact}' does not say which model it was tuned on, so the distance to the target cannot be measured.", "Name the model with --source MODEL.");
        return await client.FindAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, digest), cancellation)
            ?? throw new CliException(ExitCode.NotFound, $"'{order.Artifact}' was tuned on the model {digest}, which is not in the store.", "Import that model, or name it with --source MODEL.");
    }

    /// <summary>What is known of the contract from the manifests alone.</summary>
    /// <exception cref="CliException">It is broken.</exception>
    public void Check(CarryOrder order)
    {
        foreach (var (view, name) in new[] { (Source, "The artifact's source"), (Target, order.Target) })
            if (!view.Manifest.Metrics.ContainsKey(MetricNames.Vocabulary) || view.Manifest.Labels is not null)
                throw new CliException(ExitCode.Usage, $"{name} is not a language model; patches and rewards are carried between language models.");
        if (IsPatch && Family(Source) != Family(Target))
            throw new CliException(ExitCode.Usage, $"The patch belongs to a {Family(Source)}, and {order.Target} is a {Family(Target)}: its tensors are of other layers.", "Carry a reward, which needs only the same tokens, or retrain.");
        foreach (var (view, name) in new[] { (Source, "the artifact's source"), (Target, order.Target) })
            if (order.Licences.Count > 0 && !order.Licences.Contains(Licence(view), StringComparer.OrdinalIgnoreCase))
                throw new CliException(ExitCode.Usage, $"The licence of {name} is '{Licence(view)}', and only {string.Join(", ", order.Licences)} {(order.Licences.Count == 1 ? "is" : "are")} allowed.", "Allow it with --licence, or take another model.");
    }

    private static string Family(ArtifactView model) => model.Manifest.Attributes.GetValueOrDefault(AttributeNames.Family, "model of unknown family");

    private static string Number(double value) => value.ToString("G", CultureInfo.InvariantCulture);
}
