namespace Ptune.Contracts.Carrying;

/// <summary>What to do with an artifact and a new model.</summary>
public enum CarryVerdict
{
    /// <summary>Use the artifact on the new model as it is.</summary>
    Carry,

    /// <summary>Train again on the new model.</summary>
    Retrain,

    /// <summary>Use the new model as it is.</summary>
    Leave,
}
