namespace Ptune.Grains.Pools.Running;

/// <summary>A worker's device: what its executors there share.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Device">cpu, cuda:0 and so on, or only its kind; null: not known.</param>
internal readonly record struct Seat(string WorkerId, string? Device)
{
    /// <summary>Whether both may be the same device: what is not known of one is no difference.</summary>
    public bool Meets(Seat other) =>
        WorkerId == other.WorkerId
        && (Device is null || other.Device is null || Device == other.Device || Device.StartsWith(other.Device + ":", StringComparison.Ordinal) || other.Device.StartsWith(Device + ":", StringComparison.Ordinal));
}
