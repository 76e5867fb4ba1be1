namespace Ptune.Silo.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    /// <summary>It was told to stop.</summary>
    public const int Stopped = 0;

    /// <summary>It failed; the log says why.</summary>
    public const int Failed = 1;

    /// <summary>It cannot start as configured; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Another server has the store; nothing was started. The store's server.json names that server as soon as it is ready.</summary>
    public const int StoreInUse = 3;
}
