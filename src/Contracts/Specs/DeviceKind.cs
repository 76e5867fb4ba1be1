namespace Ptune.Contracts.Specs;

/// <summary>What a worker computes on. The numbers are stored.</summary>
public enum DeviceKind
{
    /// <summary>The processor.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA device.</summary>
    Cuda = 1,
}
