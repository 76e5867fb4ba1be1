using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models;

/// <summary>The stack of <see cref="EncoderBlock"/>s that BERT, ViT and the towers of CLIP have.</summary>
/// <param name="Names">Of the layers of a block.</param>
/// <param name="Block">What the blocks are called, before their number.</param>
/// <param name="Width">d.</param>
/// <param name="Inner">The width of the feed-forward part.</param>
/// <param name="Epsilon">Of the norms.</param>
/// <param name="NormFirst">Whether a branch begins with its norm.</param>
/// <param name="ProjectionBias">Whether queries, keys and values have biases.</param>
internal sealed record EncoderConfig(
    EncoderNames Names, string Block, long Width, int Layers, long Heads, long Inner, Activation Activation, double Epsilon, bool NormFirst, bool ProjectionBias = true)
{
    private const double _deviation = 0.02;

    /// <summary>Every parameter of the blocks.</summary>
    public IEnumerable<ParameterDeclaration> Parameters => Enumerable.Range(0, Layers).SelectMany(BlockParameters);

    /// <summary>What memory is estimated by, of a model around this stack.</summary>
    /// <param name="parameters">All of the model's.</param>
    /// <param name="outputs">Rows of its head.</param>
    /// <param name="image">What it reads of an image; null: it reads texts.</param>
    public TransformerShape ShapeOf(IReadOnlyList<ParameterDeclaration> parameters, long outputs, ImageShape? image = null) => new()
    {
        Parameters = parameters.Sum(parameter => parameter.Elements),
        Layers = Layers,
        Width = Width,
        Inner = Inner,
        QueryWidth = Width,
        KeyWidth = Width,
        Outputs = outputs,
        Gated = false,
        Image = image,
    };

    /// <summary>A linear layer's parameters.</summary>
    public static IEnumerable<ParameterDeclaration> Linear(string name, long inputs, long outputs, bool bias = true)
    {
        yield return new($"{name}.weight", ParameterInits.Normal(_deviation), outputs, inputs);
        if (bias) yield return new($"{name}.bias", ParameterInits.Zeros, outputs);
    }

    /// <summary>A LayerNorm's parameters.</summary>
    public static IEnumerable<ParameterDeclaration> Norm(string name, long width) =>
        [new($"{name}.weight", ParameterInits.Ones, width), new($"{name}.bias", ParameterInits.Zeros, width)];

    /// <summary>A table, or any other tensor of weights.</summary>
    public static ParameterDeclaration Table(string name, params long[] shape) => new(name, ParameterInits.Normal(_deviation), shape);

    private IEnumerable<ParameterDeclaration> BlockParameters(int number)
    {
        string block = $"{Block}.{number}";
        return
        [
            .. Linear($"{block}.{Names.Query}", Width, Width, ProjectionBias),
            .. Linear($"{block}.{Names.Key}", Width, Width, ProjectionBias),
            .. Linear($"{block}.{Names.Value}", Width, Width, ProjectionBias),
            .. Linear($"{block}.{Names.Output}", Width, Width),
            .. Norm($"{block}.{Names.AttentionNorm}", Width),
            .. Linear($"{block}.{Names.Up}", Width, Inner),
            .. Linear($"{block}.{Names.Down}", Inner, Width),
            .. Norm($"{block}.{Names.MlpNorm}", Width),
        ];
    }
}
