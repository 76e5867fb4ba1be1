namespace Ptune.Cli.Servers;

/// <summary>Where the server's program lies.</summary>
internal static class SiloProgram
{
    /// <summary>The server's exit code when another server has the store.</summary>
    public const int StoreInUse = 3;

    /// <exception cref="CliException">It was not found.</exception>
    public static string Find(Session session) => ProgramFile.Find(session, "Silo", "PTUNE_SILO", "The server's program", "; or use a running server with --server URL");
}
