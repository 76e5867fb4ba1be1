namespace Ptune.Contracts.Specs;

/// <summary>What a method evaluates; all are references as in <see cref="InputRef"/>.</summary>
/// <param name="Model">The model that answers; null: the rewards alone do.</param>
/// <param name="Patch">What is hung on it; null: nothing.</param>
/// <param name="Learnt">What was learnt for it; null: nothing.</param>
public readonly record struct StudySubject(string? Model, string? Patch = null, string? Learnt = null)
{
    /// <summary>Rewards that are added to the model; null: none.</summary>
    public RewardUse[]? Rewards { get; init; }

    /// <summary>A tuning that is emulated beside the model; null: none.</summary>
    public EmulatedUse? Emulated { get; init; }

    /// <summary>Examples that it reads before each text; null: none.</summary>
    public FewShot? FewShot { get; init; }
}
