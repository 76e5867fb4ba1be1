using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using static TorchSharp.torch;

namespace Ptune.Learning.Checks;

/// <summary>What a model of any family computes on inputs by transformers' names.</summary>
internal static class ModelOutputs
{
    /// <summary>Logits: [B, T, V] of a language model, [B, labels] of a classifier, [images, texts] of CLIP.</summary>
    /// <param name="prompt">Learnt vectors before the text; null: none.</param>
    /// <param name="type">What the network computes in.</param>
    /// <exception cref="LearningException">The inputs are not for such a model.</exception>
    public static Tensor Of(Network network, ModelInputs inputs, SoftPrompt? prompt, ScalarType type) => network switch
    {
        Decoder decoder => decoder.Head.Apply(Hidden(decoder, prompt, inputs.Tokens(decoder.Vocabulary), SequenceLayout.Padded(inputs.Mask))),
        Bert bert => bert.Forward(inputs.Tokens(bert.Config.Vocabulary), inputs.Mask, inputs.Segments(bert.Config.Segments)),
        HfVit vit => vit.Forward(inputs.Pixels(type)),
        Clip clip => clip.Logits(clip.Images(inputs.Pixels(type)), clip.Texts(inputs.Tokens(clip.Config.Vocabulary))),
        _ => throw new InvalidOperationException($"{network.GetType().Name} is not compared."),
    };

    /// <summary>What a file expects of it.</summary>
    /// <inheritdoc cref="Of"/>
    public static Tensor Expected(Network network, ExpectedOutputs expected, SoftPrompt? prompt, ScalarType type) =>
        expected.IsStates ? States(network, expected.Inputs) : Of(network, expected.Inputs, prompt, type);

    /// <summary>[B, T, d]: the states of an encoder's tokens after the last block.</summary>
    /// <exception cref="LearningException">The network is no encoder, or the inputs are not for one.</exception>
    public static Tensor States(Network network, ModelInputs inputs) => network is Bert bert
        ? bert.Hidden(inputs.Tokens(bert.Config.Vocabulary), inputs.Mask, inputs.Segments(bert.Config.Segments))
        : throw new LearningException($"last_hidden_state is compared of encoders of texts, and not of a {network.GetType().Name}.");

    private static Tensor Hidden(Decoder decoder, SoftPrompt? prompt, Tensor tokens, SequenceLayout layout) =>
        prompt?.Hidden(decoder, tokens, layout) ?? decoder.Hidden(tokens, layout);
}
