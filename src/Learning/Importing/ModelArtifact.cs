using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Importing;

/// <summary>An imported model's artifact: a Hugging Face folder with golden outputs, or a reference to one with golden outputs.</summary>
internal static class ModelArtifact
{
    /// <summary>The folder with the model's files: the artifact's own, or the one that it refers to.</summary>
    /// <param name="artifact">The artifact's folder; a plain Hugging Face folder is given back as it is.</param>
    /// <exception cref="ModelRefusedException">The folder that it refers to has changed.</exception>
    public static string FolderOf(string artifact)
    {
        string path = Path.Combine(artifact, FolderReference.FileName);
        if (!File.Exists(path)) return artifact;
        var reference = FolderReference.Read(path);
        reference.Verify();
        return reference.Folder;
    }

    /// <summary>Opens the model; no weight is touched yet.</summary>
    /// <exception cref="LearningException">It cannot be used, or the folder that it refers to has changed.</exception>
    public static PretrainedFolder Open(string artifact) => PretrainedFolder.Open(FolderOf(artifact));

    /// <summary>The same of a model that is to get a new classification head: it may have none.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public static PretrainedFolder OpenWithoutHead(string artifact) => PretrainedFolder.OpenWithoutHead(FolderOf(artifact));

    /// <summary>The artifact's network, found to compute what it did when it was imported. On the CPU its weights are mapped, so that all processes of the machine share them.</summary>
    /// <param name="artifact">The artifact's folder.</param>
    /// <param name="digest">The artifact's digest, by which converted weights are found.</param>
    /// <param name="type">What it computes in.</param>
    /// <param name="cache">Where weights lie that are stored in another type; null: they are converted in memory.</param>
    /// <exception cref="LearningException">It cannot be used, has changed, or computes something else.</exception>
    public static Network Load(string artifact, string digest, ScalarType type, Device device, WeightCache? cache)
    {
        var network = Open(artifact).Network(type, device, cache is null ? null : (cache, digest));
        try
        {
            Verify(artifact, network, type);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The artifact's network with the classification head that a patch of other labels needs. What it computed when it was imported is compared with its own head.</summary>
    /// <inheritdoc cref="Load(string, string, ScalarType, Device, WeightCache)"/>
    /// <param name="head">Null: its own.</param>
    public static Network Load(string artifact, string digest, ScalarType type, Device device, WeightCache? cache, NewHead? head)
    {
        if (head is null) return Load(artifact, digest, type, device, cache);
        var folder = PretrainedFolder.Open(FolderOf(artifact), head);
        bool isHeadless = folder.IsHeadless;
        if (!isHeadless) Load(artifact, digest, type, device, cache).Dispose();
        var network = folder.Network(type, device, cache is null ? null : (cache, digest));
        // Without a head it was the states that were computed, whatever head is put on them.
        if (isHeadless) Verify(artifact, network, type);
        return network;
    }

    /// <summary>Whether a loaded model computes what it did when it was imported.</summary>
    /// <param name="type">What the network computes in.</param>
    /// <exception cref="ModelRefusedException">It does not.</exception>
    public static void Verify(string artifact, Network network, ScalarType type) => GoldenOutputs.Verify(Path.Combine(artifact, GoldenOutputs.FileName), network, type);
}
