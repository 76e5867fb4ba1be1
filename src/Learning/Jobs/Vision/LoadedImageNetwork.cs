using Ptune.Learning.Adaptation;
using Ptune.Learning.Data;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>An artifact's network, to be run on the images of a data set: one of ours or a Hugging Face folder, with a patch where there is one.</summary>
internal sealed class LoadedImageNetwork : IImageNetwork
{
    private readonly IImageNetwork _network;
    private readonly Adapter? _adapter;
    private readonly Tensor? _texts;

    private LoadedImageNetwork(IImageNetwork network, Adapter? adapter, Tensor? texts) => (_network, _adapter, _texts) = (network, adapter, texts);

    public int Labels => _network.Labels;

    public Network Network => _network.Network;

    /// <summary>Whether an artifact is a Hugging Face folder, or refers to one.</summary>
    public static bool IsPretrained(string artifact)
    {
        if (File.Exists(Path.Combine(artifact, FolderReference.FileName))) return true;
        string config = Path.Combine(artifact, NetworkConfig.FileName);
        return File.Exists(config) && !NetworkConfig.IsOne(config);
    }

    /// <param name="input">The model's or reward's.</param>
    /// <param name="role">What it must be.</param>
    /// <param name="examples">What it is to be run on.</param>
    /// <param name="labelPrompt">What a model of images and texts reads for a label; null: as usual.</param>
    /// <param name="patch">The input that hangs on it; null: none.</param>
    /// <exception cref="LearningException">An input is damaged, or they do not fit together.</exception>
    public static LoadedImageNetwork Load(JobContext context, string input, NetworkRole role, Examples examples, string? labelPrompt = null, string? patch = null)
    {
        var head = patch is null ? null : PatchLabels.Read(context.Input(patch));
        var (network, texts) = IsPretrained(context.Input(input))
            ? Pretrained(context, input, role, examples, labelPrompt, head)
            : ((IImageNetwork)context.LoadNetwork(input, role, examples, trainable: false).Network, null);
        try
        {
            var adapter = patch is null ? null : PatchFolder.Attach(context.Input(patch), network.Network, [context.InputDigest(input)], context.Device, []);
            return new LoadedImageNetwork(network, adapter, texts);
        }
        catch
        {
            network.Dispose();
            texts?.Dispose();
            throw;
        }
    }

    public Tensor Forward(Tensor images) => _network.Forward(images);

    public void Dispose()
    {
        _adapter?.Dispose();
        _network.Dispose();
        _texts?.Dispose();
    }

    private static (IImageNetwork Network, Tensor? Texts) Pretrained(JobContext context, string input, NetworkRole role, Examples examples, string? labelPrompt, NewHead? head)
    {
        string artifact = context.Input(input), folder = ModelArtifact.FolderOf(artifact);
        RewardMark.Require(folder, input, role);
        var network = ModelArtifact.Load(artifact, context.InputDigest(input), ScalarType.Float32, context.Device, context.Weights, head);
        try
        {
            switch (network)
            {
                case HfVit vit:
                    JobContext.RequireSameLabels($"The input '{input}'", vit.Config.Labels, examples.LabelNames);
                    return (PretrainedImageNetwork.Of(vit, PreparationWords.Read(new FolderFiles(folder), vit.Config)), null);
                case Clip clip:
                    var texts = LabelTexts.Of(clip, folder, examples.LabelNames, labelPrompt);
                    return (PretrainedImageNetwork.Of(clip, texts, PreparationWords.Read(new FolderFiles(folder), clip.Config)), texts);
                default:
                    throw new LearningException($"The input '{input}' is a {PretrainedFolder.Open(folder).Config.ModelType}, which reads no images.");
            }
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
