namespace Ptune.Contracts.Specs;

/// <summary>How the learning rate moves after the warm-up.</summary>
public enum LearningRateSchedule
{
    /// <summary>Half a cosine from the highest rate to zero.</summary>
    Cosine,

    /// <summary>The highest rate throughout.</summary>
    Constant,

    /// <summary>A straight line from the highest rate to zero.</summary>
    Linear,
}
