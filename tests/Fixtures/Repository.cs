namespace Ptune.Fixtures;

/// <summary>The clone that the running test was built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    /// <summary>The folder that holds Orchestrator.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The test does not run from inside a clone.</exception>
    public static string Root => s_root.Value;

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Orchestrator.sln in {AppContext.BaseDirectory} or above it.");
    }
}
