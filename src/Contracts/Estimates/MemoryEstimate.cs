namespace Ptune.Contracts.Estimates;

/// <summary>
/// Bytes that jobs on language models take, from numbers that are known before anything is loaded. Measured peaks lie within a factor of 1.5 of it where activations or
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

    // Of a trained number: itself in f32, its gradient, and AdamW's two moments.
    private const int TrainedBytes = 16;

    /// <summary>The peak of training, the weights included.</summary>
    public static long Training(DecoderShape model, TrainingLoad load)
    {
        var weights = load.FrozenBase ? Weights(model, load.ComputeBytes)
            : load.ComputeBytes < 4 ? checked(model.Parameters * 2 * load.ComputeBytes) : 0; // Copies to compute with, and their gradients.
        var kept = ActivationBytes(model, load.ComputeBytes) + (load.FrozenBase ? OutputBytes(model, load.ComputeBytes) : 0);
        // Recomputed, a block's input is kept of each layer, and everything of one block at a time. In the backward pass a block's gradients stand beside its activations.
        var activations = load.Recompute ? (load.Tokens * ((model.Layers * model.Width * load.ComputeBytes) + (2 * kept))) : load.Tokens * (model.Layers + 1) * kept;
        var logits = 4 * LogitsCopies * Math.Min(LogitsChunk, load.Tokens * model.Vocabulary);
        // The head's gradient is summed up beside the parameters' own gradients.
        var head = load.FrozenBase ? 0 : 2 * 4 * model.Vocabulary * model.Width;
        return checked(Process + weights + (load.Trainable * TrainedBytes) + activations + logits + head);
    }

    /// <summary>The peak of generating or scoring, the weights included.</summary>
    /// <param name="computeBytes">Of a number: 4 of float32, 2 of bfloat16.</param>
    /// <param name="tokens">Tokens that are read at once: the prompts of a batch.</param>
    /// <param name="cached">Tokens that all rows of a batch may have in the end; 0: nothing is generated.</param>
    public static long Inference(DecoderShape model, int computeBytes, long tokens, long cached = 0)
    {
        var cache = checked(2 * cached * model.Layers * model.KeyWidth * computeBytes);
        // Nothing is kept but what the block at hand computes.
        return checked(Process + Weights(model, computeBytes) + cache + (tokens * ActivationBytes(model, computeBytes)));
    }

    /// <summary>A model's weights as they are computed with: mapped, so that all processes of a machine have them once.</summary>
    public static long Weights(DecoderShape model, int computeBytes) => checked(model.Parameters * computeBytes);

    /// <summary>Bytes on disk of weights that are stored in another type than they are computed in: they are converted once. 0: they are stored so.</summary>
    public static long ConvertedWeights(DecoderShape model, int storedBytes, int computeBytes) => storedBytes == computeBytes ? 0 : Weights(model, computeBytes);

    /// <summary>The outputs of a block's linear layers: a patch's own stand beside them.</summary>
    private static long OutputBytes(DecoderShape model, int computeBytes) =>
        computeBytes * ((2 * model.Width) + model.QueryWidth + (2 * model.KeyWidth) + ((model.Gated ? 2 : 1) * model.Inner));

    /// <summary>What a token's backward pass needs of one block.</summary>
    private static long ActivationBytes(DecoderShape model, int computeBytes)
    {
        // Two norms with their input and output; query, key, value and mixed, the keys and values repeated for each query head; the output layer's input; then the feed-forward part.
        var attention = (6 * model.Width) + (5 * model.QueryWidth);
        return computeBytes * (attention + ((model.Gated ? 4 : 2) * model.Inner));
    }
}
