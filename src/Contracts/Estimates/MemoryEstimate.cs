namespace Ptune.Contracts.Estimates;

/// <summary>
/// Bytes that jobs on transformers take, from numbers that are known before anything is loaded. Measured peaks lie within a factor of 1.5 of it where activations or
/// weights are most of the memory; a test holds that.
/// </summary>
public static class MemoryEstimate
{
    /// <summary>A process with libtorch and nothing loaded.</summary>
    public const long Process = 200_000_000;

    /// <summary>Logits that are held at once, in numbers: the loss is computed chunk by chunk.</summary>
    public const long LogitsChunk = 1L << 23;

    // Logits, their gradient in what is computed in, and one intermediate result of their size.
    private const int LogitsCopies = 3;

    // Resized, rescaled, normalized.
    private const int ImageCopies = 3;

    // Of a trained number: itself in f32, its gradient, and AdamW's two moments.
    private const int TrainedBytes = 16;

    /// <summary>The peak of training, the weights included.</summary>
    public static long Training(TransformerShape model, TrainingLoad load)
    {
        var weights = load.FrozenBase ? Weights(model, load.ComputeBytes)
            : load.ComputeBytes < 4 ? checked(model.Parameters * 2 * load.ComputeBytes) : 0; // Copies to compute with, and their gradients.
        var kept = ActivationBytes(model, load.ComputeBytes) + (load.FrozenBase && load.ComputeBytes < 4 ? InputBytes(model) : 0);
        // Recomputed, a block's input is kept of each layer, and everything of one block at a time. In the backward pass a block's gradients stand beside its activations.
        var activations = load.Recompute ? (load.Tokens * ((model.Layers * model.Width * load.ComputeBytes) + (2 * kept))) : load.Tokens * (model.Layers + 1) * kept;
        var logits = 4 * LogitsCopies * Math.Min(LogitsChunk, load.Tokens * model.Outputs);
        // The head's gradient is summed up beside the parameters' own gradients.
        var head = load.FrozenBase ? 0 : 2 * 4 * model.Outputs * model.Width;
        return checked(Process + weights + (load.Trainable * TrainedBytes) + activations + logits + head);
    }

    /// <summary>The peak of generating or scoring, the weights included.</summary>
    /// <param name="computeBytes">Of a number: 4 of float32, 2 of bfloat16.</param>
    /// <param name="tokens">Tokens that are read at once: the prompts of a batch.</param>
    /// <param name="cached">Tokens that all rows of a batch may have in the end; 0: nothing is generated.</param>
    public static long Inference(TransformerShape model, int computeBytes, long tokens, long cached = 0)
    {
        var cache = checked(2 * cached * model.Layers * model.KeyWidth * computeBytes);
        // Nothing is kept but what the block at hand computes.
        return checked(Process + Weights(model, computeBytes) + cache + (tokens * ActivationBytes(model, computeBytes)));
    }

    /// <summary>The peak of an import: the weights as they are stored, mapped once to be checked and once to be computed with (<see cref="Probe"/>).</summary>
    /// <param name="stored">Bytes of the weights' files.</param>
    /// <param name="parameters">Numbers in them.</param>
    public static long Import(long stored, long parameters) => checked(Probe(stored, parameters) + stored);

    /// <summary>The peak of computing a few tokens in float32 with weights as they are stored: what is stored otherwise is converted in memory.</summary>
    /// <inheritdoc cref="Import"/>
    public static long Probe(long stored, long parameters) => checked(Process + stored + (stored < 4 * parameters ? 4 * parameters : 0));

    /// <summary>Images as the model reads them, and what is made on the way there.</summary>
    public static long Images(TransformerShape model, long images) => checked(4 * ImageCopies * images * (model.Image?.Pixels ?? 0));

    /// <summary>A model's weights as they are computed with: mapped, so that all processes of a machine have them once.</summary>
    public static long Weights(ModelShape model, int computeBytes) => checked(model.Parameters * computeBytes);

    /// <summary>Bytes on disk of weights that are stored in another type than they are computed in: they are converted once. 0: they are stored so.</summary>
    public static long ConvertedWeights(ModelShape model, int storedBytes, int computeBytes) => storedBytes == computeBytes ? 0 : Weights(model, computeBytes);

    /// <summary>The inputs of a block's linear layers in f32: a patch is computed in that, whatever the layer is.</summary>
    private static long InputBytes(TransformerShape model) => 4 * ((3 * model.Width) + model.QueryWidth + ((model.Gated ? 2 : 1) * model.Width) + model.Inner);

    /// <summary>What a token's backward pass needs of one block.</summary>
    private static long ActivationBytes(TransformerShape model, int computeBytes)
    {
        // Two norms with their input and output; query, key, value and mixed, the keys and values repeated for each query head; the output layer's input; then the feed-forward part.
        var attention = (6 * model.Width) + (5 * model.QueryWidth);
        return computeBytes * (attention + ((model.Gated ? 4 : 2) * model.Inner));
    }
}
