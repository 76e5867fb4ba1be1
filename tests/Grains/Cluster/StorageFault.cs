namespace Ptune.Grains.Tests.Cluster;

internal enum StorageFault
{
    None,
    BeforeWrite,

    /// <summary>The write lands, but its answer is lost.</summary>
    AfterWrite,

    /// <summary>Another activation has written.</summary>
    Conflict,
}
