using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

/// <summary>The projects on disk.</summary>
internal static class Projects
{
    /// <summary>The product's.</summary>
    public static IReadOnlyDictionary<string, Project> Product { get; } = Under("src").ToDictionary(project => project.Name);

    /// <summary>The suites and what they share.</summary>
    public static IReadOnlyList<Project> Tests { get; } = Under("tests");

    /// <summary>Every project.</summary>
    public static IReadOnlyList<Project> All { get; } = [.. Under("src"), .. Under("tests"), .. Under("bench")];

    /// <summary>The projects of the product that are reached from a project by references, without itself.</summary>
    public static IReadOnlySet<string> ReachedFrom(Project project)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(project.Projects);
        while (open.TryPop(out var name))
        {
            if (reached.Add(name) && Product.TryGetValue(name, out var next))
            {
                Array.ForEach(next.Projects, open.Push);
            }
        }

        return reached;
    }

    private static Project[] Under(string tree) => !Directory.Exists(Repository.PathOf(tree))
        ? []
        : [.. Directory.EnumerateFiles(Repository.PathOf(tree), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Project.Read)];
}
