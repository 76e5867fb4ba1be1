using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Carrying;

/// <summary>Whether a patch in the store fits a model there.</summary>
internal static class StoredTensors
{
    private const string Prefix = "base_model.model.";

    private static readonly string[] s_deltas = [".lora_A.", ".lora_B.", ".lora_embedding_A", ".lora_embedding_B"];

    /// <exception cref="CliException">A header is damaged, or the server cannot be reached.</exception>
    public static async Task<TensorShapes> ReadAsync(ServerClient client, ArtifactView artifact, CancellationToken cancellation)
    {
        try
        {
            return await TensorShapes.ReadAsync(artifact.Manifest.Files, path => client.OpenAsync(ServerClient.Fill(Routes.ArtifactFile, artifact.Digest).Replace("{*path}", path, StringComparison.Ordinal), cancellation), cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new CliException(ExitCode.Usage, $"{artifact.Digest}: {e.Message}");
        }
    }

    /// <summary>That the target has what the patch's low-rank deltas hang on, in the shapes of the source.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="source">The model that the patch was tuned on; it may have no tensors in the store.</param>
    /// <param name="target">The other model; likewise.</param>
    /// <param name="name">What messages call the target.</param>
    /// <exception cref="CliException">It does not; the first ten tensors are named.</exception>
    public static void RequireFit(TensorShapes patch, TensorShapes source, TensorShapes target, string name)
    {
        if (source.ByName.Count == 0 || target.ByName.Count == 0) return;
        string[] layers = [.. patch.ByName.Keys.Select(Layer).OfType<string>().Distinct()];
        // A checkpoint of the body alone leaves the first word of its names out.
        string[] hung = [.. source.ByName.Keys.Where(tensor => layers.Any(layer => tensor.EndsWith(layer, StringComparison.Ordinal) || layer.EndsWith($".{tensor}", StringComparison.Ordinal)))];
        if (source.Misfit(hung, target, "the source", name) is not { } misfit) return;
        throw new CliException(ExitCode.Usage, $"The patch does not fit {name}: of what it changes, {misfit}", "Carry a reward, which needs only the same tokens, or retrain.");
    }

    /// <summary>The weight that a tensor of the patch belongs to; null: it is not a low-rank delta.</summary>
    private static string? Layer(string tensor)
    {
        var at = s_deltas.Select(delta => tensor.IndexOf(delta, StringComparison.Ordinal)).Where(found => found > 0).DefaultIfEmpty(-1).Max();
        return at < 0 ? null : $"{(tensor.StartsWith(Prefix, StringComparison.Ordinal) ? tensor[Prefix.Length..at] : tensor[..at])}.weight";
    }
}
