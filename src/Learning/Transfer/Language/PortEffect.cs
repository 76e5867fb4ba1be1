using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>A port that changes nothing is an error, not a result.</summary>
internal static class PortEffect
{
    // Rounding of f32 is far below it, and a reward that was trained far above.
    private const double _least = 1e-6;

    /// <param name="added">[rows, V]: what is added to a target's logits.</param>
    /// <param name="padding">[V]: columns that do not count; null: none.</param>
    /// <exception cref="TransferException">Every row adds the same to all tokens, so that no distribution changes.</exception>
    public static void Require(Tensor added, bool[]? padding)
    {
        using var scope = NewDisposeScope();
        if (padding is not null) added = added.masked_select(tensor(padding, ScalarType.Bool).to(added.device).logical_not()).view(added.shape[0], -1);
        if ((added.amax([-1L]) - added.amin([-1L])).max().item<float>() > _least) return;
        throw new TransferException(
            $"The port does nothing: on the first {(added.shape[0] == 1 ? "token" : $"{added.shape[0]} tokens")} the model's distribution with what is carried equals the one without. The reward is the same for every token, or the tuned source equals its source; was it trained?");
    }
}
