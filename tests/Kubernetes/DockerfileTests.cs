using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ptune.Kubernetes.Tests;

/// <summary>There is no container engine in the tests: they check that what the Dockerfiles name is in the repository.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Dockerfiles { get; } =
        [.. Directory.GetFiles(Repository.PathOf("k8s", "images"), "*.Dockerfile").Select(path => Path.GetFileName(path)!).Order()];

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Copy_FromTheRepository_NamesWhatIsThere(string name)
    {
        var sources = CopySources(name);
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Repository.PathOf(source)), $"{name} copies {source}, which is not there"));
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Copy_FromTheRepository_IsNotIgnored(string name)
    {
        var sent = Repository.Read("k8s", "images", $"{name}.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]);
        Assert.Equal(CopySources(name).Order(), sent.Order());
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Publish_OfAProject_NamesOneThatIsThere(string name)
    {
        var projects = Projects(name);
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(File.Exists(Repository.PathOf(project)), $"{name} publishes {project}, which is not there"));
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Entrypoint_OfTheImage_IsTheFirstPublishedProjectsAssembly(string name)
    {
        var entry = Entrypoint().Match(Text(name)).Groups["dll"].Value;
        Assert.Equal($"{AssemblyName(Projects(name)[0])}.dll", entry);
    }

    [Fact]
    public void Executor_OfTheWorkerImage_IsPublishedBesideTheSupervisorWithItsLibtorch()
    {
        var text = Text("worker.Dockerfile");
        Assert.Equal("Ptune.Executor", AssemblyName(Projects("worker.Dockerfile")[1]));
        Assert.Contains("--output /published/executor", text, StringComparison.Ordinal);
        Assert.Contains("-p:Accelerator=${ACCELERATOR}", text, StringComparison.Ordinal);
        var property = PublishProperty().Match(text).Groups["name"].Value;
        Assert.Contains($"$({property})", Repository.Read("eng", "Torch.targets"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void User_OfTheImage_IsTheBaseImagesOwnAndNotRoot(string name)
    {
        var lines = Text(name).Split('\n');
        var last = Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.StartsWith("FROM mcr.microsoft.com/dotnet/aspnet:10.0", lines[last], StringComparison.Ordinal);
        Assert.Equal("USER $APP_UID", Assert.Single(lines[last..], line => line.StartsWith("USER ", StringComparison.Ordinal)));
    }

    private static string Text(string name) => Repository.Read("k8s", "images", name);

    private static List<string> CopySources(string name) =>
        [.. Copy().Matches(Text(name)).SelectMany(match => match.Groups["paths"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))];

    private static List<string> Projects(string name) => [.. Publish().Matches(Text(name)).Select(match => match.Groups["project"].Value)];

    // As eng/Language.props has it, unless the project says otherwise.
    private static string AssemblyName(string project) =>
        XDocument.Load(Repository.PathOf(project)).Descendants("AssemblyName").SingleOrDefault()?.Value
        ?? XDocument.Load(Repository.PathOf("eng", "Language.props")).Descendants("AssemblyName").Single().Value
            .Replace("$(MSBuildProjectName)", Path.GetFileNameWithoutExtension(project), StringComparison.Ordinal);

    [GeneratedRegex(@"^COPY (?!--from)(?<paths>.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"dotnet publish (?<project>\S+\.csproj)")]
    private static partial Regex Publish();

    [GeneratedRegex(@"^ENTRYPOINT \[""dotnet"", ""(?<dll>[^""]+)""\]$", RegexOptions.Multiline)]
    private static partial Regex Entrypoint();

    [GeneratedRegex(@"-p:(?<name>\w*[Ll]ibtorch\w*)=true")]
    private static partial Regex PublishProperty();
}
