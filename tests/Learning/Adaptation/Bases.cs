using Ptune.Fixtures;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Adaptation;

/// <summary>The models that the fixtures' adapters belong to.</summary>
internal static class Bases
{
    public static string PathOf(params string[] parts) => Repository.PathOf(["tests", "fixtures", .. parts]);

    /// <summary>The network of a folder, in f32, which it owns.</summary>
    public static Network Network(PretrainedFolder folder)
    {
        var parameters = folder.Load(ScalarType.Float32, CPU);
        return folder.Config switch
        {
            DecoderConfig config => new Decoder(config, parameters),
            BertConfig config => new Bert(config, parameters),
            HfVitConfig config => new HfVit(config, parameters),
            var other => throw new ArgumentException(other.ModelType),
        };
    }

    /// <summary>What a network computes on a reference's inputs; zero where masked.</summary>
    public static Tensor Logits(Network network, Func<string, Tensor> reference, Learning.Adaptation.SoftPrompt? prompt = null)
    {
        switch (network)
        {
            case CausalLanguageModel model:
                var mask = reference("attention_mask");
                var layout = SequenceLayout.Padded(mask);
                var ids = reference("input_ids");
                var hidden = prompt is null ? model.Hidden(ids, layout) : prompt.Hidden(model, ids, layout);
                return model.Head.Apply(hidden) * mask.unsqueeze(-1);
            case TextClassifier classifier:
                return classifier.Forward(reference("input_ids"), reference("attention_mask"), reference("token_type_ids"));
            case HfVit vit:
                return vit.Forward(reference("pixel_values"));
            default:
                throw new ArgumentException(network.GetType().Name);
        }
    }
}
