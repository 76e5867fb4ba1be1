using System.Text.Json;
using System.Text.RegularExpressions;
using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

public sealed partial class SolutionTests
{
    [Fact]
    public void Orchestrator_HoldsExactlyTheProjectsOnDisk()
    {
        var held = ProjectLine().Matches(File.ReadAllText(Repository.PathOf("Orchestrator.sln"))).Select(match => match.Groups[1].Value);

        AssertSamePaths(Projects.All, held);
    }

    [Fact]
    public void LaunchersFilter_HoldsExactlyTheProduct()
    {
        using var filter = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("eng", "ptune.slnf")));
        var held = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(path => path.GetString()!);

        AssertSamePaths(Projects.Product.Values, held);
    }

    [Fact]
    public void EveryProject_CommitsItsLockFile()
    {
        var without = Projects.All.Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json")));

        Assert.Empty(without.Select(project => project.RelativePath));
    }

    private static void AssertSamePaths(IEnumerable<Project> projects, IEnumerable<string> held)
    {
        var expected = projects.Select(project => project.RelativePath).Order(StringComparer.Ordinal);
        var actual = held.Select(path => path.Replace('\\', '/')).Order(StringComparer.Ordinal);

        // Where this fails: eng/solution writes both files from the projects on disk.
        Assert.Equal(expected, actual);
    }

    [GeneratedRegex("""^Project\(.*"([^"]+\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
