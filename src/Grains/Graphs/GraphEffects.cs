namespace Ptune.Grains.Graphs;

/// <summary>What studies and sweeps tell others alike. The names are stored.</summary>
internal static class GraphEffects
{
    /// <summary>Writes the owner's row into the catalog.</summary>
    public const string Row = "row";

    /// <summary>Submits the target, a job; or withdraws from it, when the owner is being cancelled.</summary>
    public const string Job = "job";

    /// <summary>Publishes the artifact of the cell whose alias is the target.</summary>
    public const string Alias = "alias";
}
