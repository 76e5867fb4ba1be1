using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.Prt.Bench;

/// <summary>The main job's architectures, with fresh weights: how long a network takes does not depend on what it has learnt.</summary>
internal static class Networks
{
    public static readonly (string Name, ArchitectureSpec Architecture)[] All = [("vit", new VitSpec()), ("cnn", new CnnSpec()), ("mlp", new MlpSpec())];

    public static ImageClassifier Fresh(ArchitectureSpec architecture, long seed, bool trainable = false)
    {
        var network = ImageClassifier.Create(architecture, new ImageSize(SyntheticImages.Side, SyntheticImages.Side), SyntheticImages.Labels, CPU, trainable);
        network.Parameters.Initialize(seed);
        return network;
    }
}
