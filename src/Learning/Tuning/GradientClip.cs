using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>The norm of all gradients together, and its limit (Pascanu et al., arXiv 1211.5063), as PyTorch's clip_grad_norm_ has it.</summary>
internal static class GradientClip
{
    private const double _epsilon = 1e-6;

    /// <summary>Scales the gradients down to a norm of at most <paramref name="limit"/>, where there is one.</summary>
    /// <returns>The norm before.</returns>
    public static double Apply(TrainableParameters parameters, double? limit)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gradients = parameters.Gradients().Where(pair => pair.Gradient is not null).Select(pair => pair.Gradient!).ToList();
        double norm = Math.Sqrt(gradients.Sum(gradient => gradient.Squared().sum(ScalarType.Float64).item<double>()));
        if (limit is { } most && most / (norm + _epsilon) is < 1 and var share)
        {
            foreach (var gradient in gradients) gradient.MultiplyInPlace(share);
        }

        return norm;
    }
}
