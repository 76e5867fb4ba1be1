namespace Ptune.Architecture.Tests;

public sealed class FolderTests
{
    /// <summary>Projects whose circles are still to be opened.</summary>
    private static readonly string[] s_later = ["Cli", "Contracts"];

    public static TheoryData<string> ProductProjects => [.. Projects.Product.Keys.Except(s_later)];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Folders_OfAProject_UseEachOtherInOneDirection(string name) => Assert.Null(new Folders(Projects.Product[name]).Circle());
}
