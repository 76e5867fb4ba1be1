namespace Ptune.Cli.Servers;

/// <summary>Where the programs lie that the client starts.</summary>
internal static class ProgramFile
{
    /// <param name="session">Gives the environment's variables.</param>
    /// <param name="project">The project's name, which is also its folder's below <c>artifacts/bin</c>.</param>
    /// <param name="variable">The variable that names the file where it lies elsewhere.</param>
    /// <param name="description">What the program is to the user, with its article.</param>
    /// <param name="alternative">What else can be done when it is missing; begins with "; " or is empty.</param>
    /// <exception cref="CliException">It was not found.</exception>
    public static string Find(Session session, string project, string variable, string description, string alternative)
    {
        var fileName = $"Ptune.{project}.dll";
        if (session.Variable(variable) is { } named)
            return File.Exists(named) ? Path.GetFullPath(named) : throw new CliException(ExitCode.Usage, $"{variable} names '{named}', which does not exist.", $"Name the file {fileName}.");
        var places = new List<string>();
        if (session.Variable("PTUNE_HOME") is { } home) places.Add(Path.Combine(home, "artifacts", "bin", project, "release", fileName));
        // The client lies in artifacts/bin/Cli/release, or beside the program when both were published into one folder.
        places.Add(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, "release", fileName)));
        places.Add(Path.Combine(AppContext.BaseDirectory, fileName));
        places.Add(Path.Combine(AppContext.BaseDirectory, project.ToLowerInvariant(), fileName));
        return places.FirstOrDefault(File.Exists) ?? throw new CliException(
            ExitCode.Unreachable, $"{description} is not built: {places[0]} does not exist.", $"Build it with './ptune version', or name it with {variable}{alternative}.");
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
