namespace Ptune.Contracts.Registry;

/// <summary>What became of a request to set a name.</summary>
public enum NameOutcome
{
    /// <summary>The name stands for the digest now, and did not before.</summary>
    Set = 0,

    /// <summary>It stood for the digest already.</summary>
    Same = 1,

    /// <summary>It stands for another digest and was not to be moved. Nothing has changed.</summary>
    Taken = 2,

    /// <summary>The artifact is not in the store: it was removed meanwhile. The name stands for what it stood for before.</summary>
    Removed = 3,
}
