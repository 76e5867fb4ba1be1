namespace Ptune.Grains.Jobs;

/// <summary>What a job tells others. The words are stored.</summary>
internal static class JobEffects
{
    /// <summary>Publishes the artifact under the target, a name. Before the row: a final row means that the name stands. The registry's grain calls no other one, so it may be waited for.</summary>
    public const string Alias = "alias";

    /// <summary>Writes the job's row into the catalog, and with it its artifact's: a final row means that the catalog knows everything.</summary>
    public const string Row = "row";

    /// <summary>Writes how long the target, an attempt that has ended, held its device: <see cref="HeldTime"/>. Before the row: of a final row the device time is known.</summary>
    public const string DeviceTime = "device-time";

    /// <summary>Puts the job into its pool's queue, or takes it out.</summary>
    public const string Pool = "pool";

    /// <summary>Tells the target, an asker, that the job is final.</summary>
    public const string Asker = "asker";
}
