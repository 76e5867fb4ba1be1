using System.Runtime.InteropServices;

namespace Ptune.Supervisor.Executors;

/// <summary>Where the executor lies and how it is started.</summary>
internal static class ExecutorCommand
{
    private const string Library = "Ptune.Executor.dll";

    /// <summary>Where it is looked for unless it is named: beside the worker (images), then where the build puts it.</summary>
    private static string[] Places =>
    [
        Path.Combine(AppContext.BaseDirectory, "executor", Library),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Executor", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), Library)),
    ];

    /// <summary>The executor's path; null when there is none.</summary>
    public static string? Find(string? named) =>
        named is null ? Array.Find(Places, File.Exists) : File.Exists(named) ? Path.GetFullPath(named) : null;

    /// <summary>What is wrong, for the one who configures; null when nothing is.</summary>
    public static string? Problem(string? named) => Find(named) is not null
        ? null
        : named is not null
            ? $"is '{named}', which does not exist."
            : $"is not set, and the executor was not found in {string.Join(", ", Places)}; set its path.";

    /// <summary>The program and its arguments. A .dll is run by the dotnet that runs this process.</summary>
    public static (string Program, string[] Arguments) For(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        ? (DotnetHost(), ["exec", path])
        : (path, []);

    private static string DotnetHost()
    {
        // .../dotnet/shared/Microsoft.NETCore.App/VERSION/
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
