namespace Ptune.Learning.Tuning;

/// <summary>What an optimizer's step found before it moved anything.</summary>
/// <param name="Loss">The mean over the batch.</param>
/// <param name="GradientNorm">Before clipping.</param>
internal readonly record struct StepResult(double Loss, double GradientNorm);
