namespace Ptune.Contracts.Specs;

/// <summary>What tensors a family of decoders has: the names that its checkpoints give them, and what they have beside the weights of linear layers.</summary>
public sealed record DecoderLayout
{
    /// <summary>As Llama's relatives name theirs.</summary>
    public static readonly DecoderLayout Llama = new()
    {
        Embedding = "model.embed_tokens",
        Block = "model.layers",
        AttentionNorm = "input_layernorm",
        Attention = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
        Output = "self_attn.o_proj",
        MlpNorm = "post_attention_layernorm",
        Gate = "mlp.gate_proj",
        Up = "mlp.up_proj",
        Down = "mlp.down_proj",
        FinalNorm = "model.norm",
        Head = "lm_head",
    };

    public required string Embedding { get; init; }

    /// <summary>Learnt positions; null: there are none.</summary>
    public string? Positions { get; init; }

    /// <summary>What stands before a block's number.</summary>
    public required string Block { get; init; }

    public required string AttentionNorm { get; init; }

    /// <summary>Queries, keys and values, or the one layer that computes all three.</summary>
    public required IReadOnlyList<string> Attention { get; init; }

    public required string Output { get; init; }

    public required string MlpNorm { get; init; }

    /// <summary>Null: the feed-forward part is not gated.</summary>
    public string? Gate { get; init; }

    public required string Up { get; init; }

    public required string Down { get; init; }

    public required string FinalNorm { get; init; }

    /// <summary>The head, where it is not the embedding.</summary>
    public required string Head { get; init; }

    /// <summary>LayerNorm, which has a shift, and linear layers with biases, in place of RMSNorm and none.</summary>
    public bool HasBiases { get; init; }

    /// <summary>Whether queries, keys and values have biases even so.</summary>
    public bool HasAttentionBiases { get; init; }

    /// <summary>Whether queries and keys are normalized head by head.</summary>
    public bool HasHeadNorms { get; init; }

    /// <summary>Whether matrices are stored [inputs, outputs].</summary>
    public bool IsTransposed { get; init; }
}
