namespace Ptune.Contracts.Specs;

/// <summary>The shifts that are known.</summary>
public enum ShiftKind
{
    /// <summary>A square of black pixels at a random place.</summary>
    Occlusion,
}
