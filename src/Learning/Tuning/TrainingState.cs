using Ptune.Contracts.Jobs;

namespace Ptune.Learning.Tuning;

/// <summary>What a training run carries from step to step beside the tensors.</summary>
internal sealed class TrainingState
{
    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>Steps since the last point of the curve.</summary>
    public long WindowSteps { get; set; }

    public List<LossPoint> Curve { get; } = [];

    /// <summary>The environment of the checkpoint that was taken up, where it is another than this one.</summary>
    public string? ResumedFrom { get; set; }
}
