using Ptune.Learning.Models;

namespace Ptune.Learning.Tuning;

/// <summary>Which parameters decay: matrices do; norms, biases and other one-dimensional ones do not (as GPT-2's and PEFT's trainers have it).</summary>
internal static class ParameterDecay
{
    /// <param name="parameters">What is trained.</param>
    /// <param name="weightDecay">Of those that decay.</param>
    public static Func<string, double> MatricesOnly(TrainableParameters parameters, double weightDecay) =>
        name => parameters[name].dim() > 1 ? weightDecay : 0;
}
