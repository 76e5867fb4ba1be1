namespace Ptune.Cli.Servers;

/// <summary>Where the server's program lies.</summary>
internal static class SiloProgram
{
    /// <summary>The server's exit code when another server has the store.</summary>
    public const int StoreInUse = 3;

    private const string FileName = "Ptune.Silo.dll";

    /// <exception cref="CliException">It is nowhere.</exception>
    public static string Find(Session session)
    {
        if (session.Variable("PTUNE_SILO") is { } named)
            return File.Exists(named) ? Path.GetFullPath(named) : throw new CliException(ExitCode.Usage, $"PTUNE_SILO names '{named}', which is not there.", $"Name the file {FileName}.");
        var places = new List<string>();
        if (session.Variable("PTUNE_HOME") is { } home) places.Add(Path.Combine(home, "artifacts", "bin", "Silo", "release", FileName));
        // The client lies in artifacts/bin/Cli/release, or beside the server when both were published into one folder.
        places.Add(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Silo", "release", FileName)));
        places.Add(Path.Combine(AppContext.BaseDirectory, FileName));
        return places.FirstOrDefault(File.Exists) ?? throw new CliException(
            ExitCode.Unreachable, $"The server's program is not built: {places[0]} is not there.", "Build it with './ptune version', or name it with PTUNE_SILO; or use a running server with --server URL.");
    }

    /// <summary>The dotnet host that runs this very process.</summary>
    public static string DotnetHost()
    {
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") return Environment.ProcessPath!;
        // .../shared/Microsoft.NETCore.App/10.0.x/System.Private.CoreLib.dll
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var host = Path.Combine(root, "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
