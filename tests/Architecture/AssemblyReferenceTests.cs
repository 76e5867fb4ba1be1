using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ptune.Architecture.Tests;

/// <summary>
/// The same arrows in what the compiler wrote: a reference that comes in through another package or an imported file
/// shows only here. The assemblies are read as data and never loaded.
/// </summary>
public sealed class AssemblyReferenceTests
{
    public static TheoryData<string> ProductProjects => [.. Projects.Product.Keys];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void References_FollowTheArrows(string name)
    {
        var own = ReferencesOf(name).Where(reference => reference.StartsWith("Ptune.", StringComparison.Ordinal));

        var forbidden = own.Except(Arrows.Allowed.GetValueOrDefault(name, []).Select(allowed => $"Ptune.{allowed}"));

        Assert.Empty(forbidden);
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void References_ToReservedLibraries_StayWhereTheyAreAllowed(string name)
    {
        var forbidden = ReferencesOf(name).Where(reference => Reservations.Forbid(name, reference));

        Assert.Empty(forbidden);
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void OutputFolder_HoldsNothingThatTheProgramMustNotLoad(string name)
    {
        var never = Arrows.NeverBeside.GetValueOrDefault(name, []);
        var project = RequireBuilt(name);

        var found = Directory.EnumerateFiles(project.OutputFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file))
            .Where(file => never.Any(start => file.StartsWith(start, StringComparison.Ordinal)));

        Assert.Empty(found);
    }

    private static string[] ReferencesOf(string name)
    {
        using var stream = File.OpenRead(RequireBuilt(name).Assembly);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static Project RequireBuilt(string name)
    {
        var project = Projects.Product[name];
        Assert.True(File.Exists(project.Assembly), $"{project.Assembly} is missing: run eng/build first");
        return project;
    }
}
