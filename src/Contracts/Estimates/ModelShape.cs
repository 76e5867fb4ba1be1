namespace Ptune.Contracts.Estimates;

/// <summary>The numbers of a model that decide how much memory and disk space its jobs take.</summary>
public abstract record ModelShape
{
    /// <summary>Numbers that are stored; tied ones count once.</summary>
    public required long Parameters { get; init; }
}
