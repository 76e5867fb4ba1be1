namespace Ptune.Contracts.Stores;

/// <summary>The names under which grains ask for their storage.</summary>
public static class GrainStorageNames
{
    /// <summary>Every grain's own state.</summary>
    public const string State = "state";
}
