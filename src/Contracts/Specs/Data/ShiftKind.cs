namespace Ptune.Contracts.Specs;

/// <summary>The kinds of domain shift.</summary>
public enum ShiftKind
{
    /// <summary>A square of black pixels at a random place.</summary>
    Occlusion,
}
