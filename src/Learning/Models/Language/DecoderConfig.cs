using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models.Language;

/// <summary>A decoder's architecture: sizes, and the switches by which the families differ.</summary>
internal sealed record DecoderConfig : PretrainedConfig
{
    /// <summary>Rows of the embedding and of the head.</summary>
    public required long Vocabulary { get; init; }

    /// <summary>d, the width of the stream.</summary>
    public required long Width { get; init; }

    public required int Layers { get; init; }

    /// <summary>Heads of the queries.</summary>
    public required long Heads { get; init; }

    /// <summary>Heads of keys and values, each of which serves Heads / KeyHeads queries (arXiv 2305.13245).</summary>
    public required long KeyHeads { get; init; }

    /// <summary>Numbers of one head.</summary>
    public required long HeadWidth { get; init; }

    /// <summary>The width of the feed-forward part.</summary>
    public required long Inner { get; init; }

    /// <summary>So many tokens the model was made for; with learnt positions it can take no more.</summary>
    public required long Context { get; init; }

    public required DecoderNames Names { get; init; }

    public required Activation Activation { get; init; }

    /// <summary>Of the norms.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Whether norms are RMSNorm; else LayerNorm with a shift.</summary>
    public required bool RootMeanSquare { get; init; }

    /// <summary>Whether the feed-forward part is down(activation(gate(x)) * up(x)) (arXiv 2002.05202).</summary>
    public required bool Gated { get; init; }

    /// <summary>Whether the head is the embedding.</summary>
    public required bool Tied { get; init; }

    /// <summary>Null: positions are learnt.</summary>
    public RotaryEmbedding? Rotary { get; init; }

    public ProjectionKind Projection { get; init; } = ProjectionKind.Separate;

    /// <summary>Whether matrices are stored [inputs, outputs].</summary>
    public bool Transposed { get; init; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool QkvBias { get; init; }

    /// <summary>Whether the attention's output has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the feed-forward part has biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Whether queries and keys are normalized head by head.</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>Whether attention and feed-forward part read the same stream and are added together.</summary>
    public bool ParallelResidual { get; init; }

    /// <summary>Whether scores are divided by the root of the head's width.</summary>
    public bool ScaleScores { get; init; } = true;

    /// <summary>Whether the scores of block i are divided by i + 1 as well.</summary>
    public bool ScaleScoresByLayer { get; init; }

    /// <summary>For each block how far it sees, itself included; null: all before it. Empty: no block has a window.</summary>
    public IReadOnlyList<long?> Windows { get; init; } = [];

    public long? Window(int layer) => Windows.Count == 0 ? null : Windows[layer];

    public override IReadOnlyList<ParameterDeclaration> Parameters => DecoderParameters.Of(this);

    public override TransformerShape Shape => new()
    {
        Parameters = Parameters.Sum(parameter => parameter.Elements),
        Layers = Layers,
        Width = Width,
        Inner = Inner,
        QueryWidth = Heads * HeadWidth,
        KeyWidth = KeyHeads * HeadWidth,
        Outputs = Vocabulary,
        Gated = Gated,
    };

    public override string ReasonOf(ParameterDeclaration parameter) =>
        parameter.Name == $"{Names.Embedding}.weight" || parameter.Name == $"{Names.Head}.weight" ? $" by vocab_size {Vocabulary}" : "";
}
