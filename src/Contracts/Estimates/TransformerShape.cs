namespace Ptune.Contracts.Estimates;

/// <summary>The numbers of a transformer that decide how much memory it takes: of a language model, a text encoder, or an image model (of CLIP its image tower's).</summary>
public sealed record TransformerShape : ModelShape
{
    public required int Layers { get; init; }

    /// <summary>d, of the hidden state.</summary>
    public required long Width { get; init; }

    /// <summary>Of the feed-forward part.</summary>
    public required long Inner { get; init; }

    /// <summary>All query heads together.</summary>
    public required long QueryWidth { get; init; }

    /// <summary>All key heads together; the value heads are as many.</summary>
    public required long KeyWidth { get; init; }

    /// <summary>Rows of the head: tokens, or labels of a classifier.</summary>
    public required long Outputs { get; init; }

    /// <summary>Whether the feed-forward part has a gate (SwiGLU).</summary>
    public required bool Gated { get; init; }

    /// <summary>What it reads of an image; null: it reads texts.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>Numbers of low-rank deltas on every linear layer of the blocks, or on the query and value layers only.</summary>
    public long LoraParameters(int rank, bool allLinear = true)
    {
        long attention = (2 * Width) + QueryWidth + KeyWidth;
        if (!allLinear) return rank * Layers * attention;
        long rest = (2 * Width) + KeyWidth + QueryWidth, feedForward = (Gated ? 3 : 2) * (Width + Inner);
        return rank * Layers * (attention + rest + feedForward);
    }
}
