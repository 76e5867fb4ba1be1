using System.Diagnostics;
using Ptune.Fixtures;

namespace Ptune.Architecture.Tests;

/// <summary>The files of the repository: tracked, or new and not ignored.</summary>
internal static class SourceFiles
{
    private static readonly string[] s_generated = [".svg", ".sln", ".slnf", ".lock.json", ".schema.json", "-lock.json", ".g.cs", "LICENSE", "/Contracts.txt"];
    private static readonly string[] s_binary = [".png", ".ico", ".gz", ".safetensors", ".bin", ".db", ".parquet"];

    /// <summary>What other programs wrote, and tests compare with.</summary>
    private const string Fixtures = "tests/fixtures/";

    /// <summary>Every file, by its path from the root.</summary>
    public static IReadOnlyList<string> All { get; } = [.. List()];

    /// <summary>The files that hold text.</summary>
    public static IEnumerable<string> Text => All.Where(path => !EndsWithAny(path, s_binary));

    /// <summary>The files that people write.</summary>
    public static IEnumerable<string> Written => Text.Where(path => !EndsWithAny(path, s_generated) && !path.StartsWith(Fixtures, StringComparison.Ordinal));

    /// <summary>C# that people write.</summary>
    public static IEnumerable<string> CSharp => Written.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Repository.PathOf(path));

    private static bool EndsWithAny(string path, string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    private static IEnumerable<string> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(path => File.Exists(Repository.PathOf(path)))
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Repository.Root}");
    }
}
