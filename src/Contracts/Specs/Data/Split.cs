namespace Ptune.Contracts.Specs;

/// <summary>The four disjoint parts of a data set.</summary>
public enum Split
{
    Pretraining,
    Tuning,
    Validation,
    Test,
}
