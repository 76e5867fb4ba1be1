namespace Ptune.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    public static TheoryData<string> ProductProjects => [.. Projects.Product.Keys];

    [Fact]
    public void Product_Projects_AreTheOnesOfTheHouse() =>
        Assert.Equal(Arrows.Allowed.Keys.Order(StringComparer.Ordinal), Projects.Product.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void ProjectReferences_FollowTheArrows(string name)
    {
        var project = Projects.Product[name];

        var forbidden = project.Projects.Except(Arrows.Allowed.GetValueOrDefault(name, [])).ToArray();

        Assert.True(forbidden.Length == 0, $"{project.RelativePath} must not refer to {string.Join(", ", forbidden)}");
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void PackageReferences_StayWhereTheyAreAllowed(string name)
    {
        var project = Projects.Product[name];

        var forbidden = project.Packages.Where(package => Reservations.Forbid(name, package)).ToArray();

        Assert.True(forbidden.Length == 0, $"{project.RelativePath} must not refer to {string.Join(", ", forbidden)}");
    }

    [Theory]
    [InlineData("Supervisor", "Learning")]
    [InlineData("Supervisor", "Executor")]
    [InlineData("Silo", "Learning")]
    [InlineData("Silo", "Executor")]
    [InlineData("Cli", "Grains")]
    [InlineData("Cli", "Silo")]
    [InlineData("Grains", "Storage")]
    [InlineData("Grains", "Messaging")]
    public void Projects_NotEvenThroughOthers_Reach(string from, string to)
    {
        Assert.SkipUnless(Projects.Product.ContainsKey(from), $"{from} does not exist");

        Assert.DoesNotContain(to, Projects.ReachedFrom(Projects.Product[from]));
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void EveryProject_IsReachedByASuite(string name)
    {
        var suites = Projects.Tests.Where(project => project.Name.EndsWith(".Tests", StringComparison.Ordinal));

        Assert.True(suites.Any(suite => Projects.ReachedFrom(suite).Contains(name)), $"no suite refers to {name}, directly or through another project");
    }

    [Fact]
    public void PackageReferences_LeaveVersionsToTheCentralFile()
    {
        var versioned = Projects.All
            .Where(project => File.ReadAllText(project.Path).Split("PackageReference").Skip(1).Any(item => item.Split('>')[0].Contains("Version=", StringComparison.Ordinal)))
            .Select(project => project.RelativePath);

        Assert.Empty(versioned);
    }
}
