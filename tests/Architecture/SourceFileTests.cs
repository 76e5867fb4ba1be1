using System.Text.RegularExpressions;
using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

public sealed partial class SourceFileTests
{
    private const int LongestFile = 400;

    /// <summary>Folders that every Linux has: a clone may stand in one without making its name a secret.</summary>
    private static readonly string[] s_commonFolders =
        ["bin", "boot", "data", "dev", "etc", "lib", "media", "mnt", "opt", "proc", "run", "sbin", "src", "srv", "sys", "tmp", "usr", "var", "app"];

    [Fact]
    public void Files_ArePeopleSized()
    {
        var tooLong = SourceFiles.Written
            .Select(path => (path, Lines: SourceFiles.Read(path).AsSpan().Count('\n')))
            .Where(file => file.Lines > LongestFile);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void CSharpFiles_HoldOneTypeEach()
    {
        var crowded = SourceFiles.CSharp
            .Select(path => (path, Types: string.Join(", ", TypesIn(path))))
            .Where(file => file.Types.Contains(','));

        Assert.Empty(crowded);
    }

    [Fact]
    public void CSharpFiles_AreNamedAfterTheirType()
    {
        var misnamed = SourceFiles.CSharp
            .Select(path => (path, Types: TypesIn(path)))
            .Where(file => file.Types.Length == 1 && Path.GetFileName(file.path).Split('.')[0] != file.Types[0]);

        Assert.Empty(misnamed.Select(file => $"{file.path} holds {file.Types[0]}"));
    }

    [Fact]
    public void Files_NeedNoPickle()
    {
        var code = SourceFiles.Written.Where(path => !path.StartsWith("tests/Architecture/", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal));

        // Pickles that are refused stand among what tests are held against.
        Assert.DoesNotContain(SourceFiles.All, path => PickledFile().IsMatch(path) && !path.StartsWith("tests/fixtures/", StringComparison.Ordinal));
        Assert.DoesNotContain(code, path => PickleCall().IsMatch(SourceFiles.Read(path)));
    }

    [Fact]
    public void Files_NameNoFolderOfTheirAuthorsMachine()
    {
        var first = Repository.Root.Split('/')[1];
        var places = s_commonFolders.Contains(first) ? "home/[a-z]+|root|Users" : $"home/[a-z]+|root|Users|{Regex.Escape(first)}";
        var folder = new Regex($"""(?<![\w./~$)-])/({places})/\w""", RegexOptions.CultureInvariant);

        var naming = SourceFiles.Text.Where(path => folder.IsMatch(SourceFiles.Read(path)) || SourceFiles.Read(path).Contains(Repository.Root + "/", StringComparison.Ordinal));

        Assert.Empty(naming);
    }

    [Fact]
    public void NpmLocks_NameNoRegistry()
    {
        var resolved = SourceFiles.All.Where(path => path.EndsWith("package-lock.json", StringComparison.Ordinal) && SourceFiles.Read(path).Contains("\"resolved\"", StringComparison.Ordinal));

        Assert.Empty(resolved);
    }

    /// <summary>Types at the file's top level; a file-local type belongs to the one beside it, and partial parts are one.</summary>
    private static string[] TypesIn(string path) => [.. TopLevelType().Matches(SourceFiles.Read(path))
        .Where(match => !match.Value.Contains("file ", StringComparison.Ordinal))
        .Select(match => match.Groups["name"].Value)
        .Distinct()];

    [GeneratedRegex("""^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?,]+) (?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex("""\.(pkl|pickle|pt|pth|ckpt|npy|npz)$""")]
    private static partial Regex PickledFile();

    // The advice to convert a pickle elsewhere may name the call; making it may not.
    [GeneratedRegex("""\bimport pickle\b|(?<!save_file\()\btorch\.(save|load)\(|\bBinaryFormatter\b|\ballow_pickle\b""")]
    private static partial Regex PickleCall();
}
