using System.Xml.Linq;
using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

/// <summary>A project file and what it refers to.</summary>
internal sealed record Project(string Name, string Path, string[] Projects, string[] Packages, string AssemblyName)
{
    /// <summary>The project's path from the repository's root, with slashes.</summary>
    public string RelativePath => System.IO.Path.GetRelativePath(Repository.Root, Path);

    /// <summary>The project's folder from the repository's root, with slashes.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(RelativePath)!;

    /// <summary>The folder of the Release build.</summary>
    public string OutputFolder => Repository.PathOf("artifacts", "bin", Name, "release");

    /// <summary>The Release build's assembly.</summary>
    public string Assembly => System.IO.Path.Combine(OutputFolder, AssemblyName + ".dll");

    /// <summary>Reads a project file; imported files are not followed.</summary>
    public static Project Read(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var xml = XDocument.Load(path);
        return new Project(
            name,
            path,
            [.. Includes(xml, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")],
            xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? $"Ptune.{name}");
    }

    private static IEnumerable<string> Includes(XDocument xml, string item) =>
        xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
