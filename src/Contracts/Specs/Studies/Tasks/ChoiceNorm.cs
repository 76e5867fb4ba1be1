namespace Ptune.Contracts.Specs;

/// <summary>What a choice's log-probability is divided by.</summary>
public enum ChoiceNorm
{
    /// <summary>Nothing.</summary>
    Sum,

    /// <summary>Its characters.</summary>
    PerCharacter,

    /// <summary>Its bytes in UTF-8.</summary>
    PerByte,
}
