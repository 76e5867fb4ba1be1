using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps;

/// <summary>What a sweep's trials are compared by, and what their length is counted in: images by accuracy and epochs, texts by bits per byte (of labels, accuracy) and steps.</summary>
/// <param name="Metric">The figure (<see cref="MetricNames"/>).</param>
/// <param name="IsLowerBetter">Whether the least figure is the best; else it is a fraction between 0 and 1, and the greatest is.</param>
/// <param name="LengthPath">Where a job has its length.</param>
/// <param name="LengthUnit">epoch or step.</param>
public sealed record SweepMeasure(string Metric, bool IsLowerBetter, string LengthPath, string LengthUnit)
{
    private static readonly SweepMeasure s_accuracy = new(MetricNames.Accuracy, false, "recipe.epochs", "epoch");
    private static readonly SweepMeasure s_bits = new(MetricNames.BitsPerByte, true, "recipe.steps", "step");

    public static SweepMeasure Of(SweepSpec sweep)
    {
        if (sweep.Job is RewardTuningSpec { Data.Dataset: ImageDatasetSpec }) return s_accuracy with { Metric = MetricNames.AccuracyPorted };
        if (SweepPlanner.EvaluatedOn(sweep).Dataset is not TextDatasetSpec text) return s_accuracy;
        return text.Shape == TextFormat.TextLabel ? s_bits with { Metric = MetricNames.Accuracy, IsLowerBetter = false } : s_bits;
    }

    /// <summary>A number that is greater for a better figure; of that number, the figure.</summary>
    public double Rank(double figure) => IsLowerBetter ? -figure : figure;

    /// <summary>The length of a job, in the unit.</summary>
    public int LengthOf(JobSpec job) => job.Training() is not { } recipe ? 0 : LengthUnit == s_bits.LengthUnit ? (int)(recipe.Steps ?? 0) : recipe.Epochs;
}
