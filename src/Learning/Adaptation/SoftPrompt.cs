using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>Learnt vectors before the text (prompt tuning, arXiv 2104.08691).</summary>
/// <param name="vectors">[n, d].</param>
internal sealed class SoftPrompt(Tensor vectors)
{
    /// <summary>[n, d].</summary>
    public Tensor Vectors { get; } = vectors;

    public long Length => Vectors.shape[0];

    /// <summary>
    /// Tokens [B, T] -> [B, T, d]: the hidden states of the text behind the prompt. Padding stands outside: the last vector is directly before the
    /// first real token.
    /// </summary>
    /// <exception cref="NotSupportedException">Rows are packed: a prompt belongs before each text.</exception>
    public Tensor Hidden(CausalLanguageModel model, Tensor tokens, SequenceLayout layout)
    {
        if (layout.Segments is not null) throw new NotSupportedException("A soft prompt cannot stand before packed examples.");
        long batch = tokens.shape[0], length = tokens.shape[1];
        var embedded = model.Embedding.Apply(tokens);
        var prompt = Vectors.to_type(embedded.dtype).unsqueeze(0).expand(batch, Length, Vectors.shape[1]);
        var real = layout.Real ?? ones(batch, length, ScalarType.Bool, device: tokens.device);
        // Masked padding between prompt and text changes nothing: positions do not count it.
        var whole = SequenceLayout.Padded(cat([ones(batch, Length, ScalarType.Bool, device: tokens.device), real], 1));
        return model.HiddenOf(cat([prompt, embedded], 1), whole).narrow(1, Length, length);
    }
}
