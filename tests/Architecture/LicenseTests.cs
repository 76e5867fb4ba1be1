using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

/// <summary>Everything that is shipped or linked, directly or through another package, has a licence that Apache-2.0 goes with.</summary>
public sealed class LicenseTests
{
    private static readonly string[] s_compatible = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "ISC", "Zlib", "PostgreSQL"];

    /// <summary>A test may use it: it binds who changes or passes on its files, and of a test nothing is passed on.</summary>
    private const string OnlyInTests = "MPL-2.0";

    /// <summary>Packages that carry their licence as a file or a link, read by a person.</summary>
    private static readonly Dictionary<string, string> s_read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Apache.Arrow"] = "Apache-2.0",
        ["K4os.Compression.LZ4"] = "MIT",
        ["SkiaSharp"] = "MIT",
        ["SkiaSharp.NativeAssets.macOS"] = "MIT",
        ["SkiaSharp.NativeAssets.Win32"] = "MIT",
        ["System.Security.Cryptography.ProtectedData"] = "MIT",
    };

    [Fact]
    public void Packages_HaveCompatibleLicences()
    {
        var tests = Projects.Tests.Select(project => project.Path).ToHashSet();
        var refused = Projects.All.SelectMany(project => Locked(project).Select(package => (package.Id, package.Version, IsTest: tests.Contains(project.Path)))).Distinct()
            .Select(package => (package.Id, package.Version, package.IsTest, License: LicenseOf(package.Id, package.Version)))
            .Where(package => !IsCompatible(package.License) && !(package.IsTest && package.License == OnlyInTests))
            .Order();

        Assert.Empty(refused);
    }

    /// <summary>"A OR B" lets us choose; "A AND B" binds us to both.</summary>
    private static bool IsCompatible(string license) =>
        license.Split(" OR ").Any(choice => choice.Split(" AND ").All(part => s_compatible.Contains(part.Trim(' ', '(', ')'))));

    private static IEnumerable<(string Id, string Version)> Locked(Project project)
    {
        var file = Path.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json");
        using var json = JsonDocument.Parse(File.Exists(file) ? File.ReadAllText(file) : """{ "dependencies": {} }""");
        return
        [
            .. from framework in json.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.TryGetProperty("resolved", out _)
               select (package.Name, package.Value.GetProperty("resolved").GetString()!),
        ];
    }

    private static string LicenseOf(string id, string version)
    {
        if (s_read.TryGetValue(id, out var known))
        {
            return known;
        }

        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (name, place) = (id.ToLowerInvariant(), version.ToLowerInvariant());
        var manifest = Path.Combine(folder, name, place, name + ".nuspec");
        if (!File.Exists(manifest))
        {
            return $"unknown: {manifest} is missing";
        }

        var metadata = XDocument.Load(manifest).Root!.Elements().First(element => element.Name.LocalName == "metadata").Elements().ToArray();
        var license = metadata.FirstOrDefault(element => element.Name.LocalName == "license");
        return license?.Attribute("type")?.Value == "expression"
            ? license.Value
            : $"{license?.Value} {metadata.FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value}".Trim();
    }
}
