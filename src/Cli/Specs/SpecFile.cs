using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>A spec's file, read and found to be right.</summary>
/// <param name="Path">As the user wrote it; <c>-</c> is stdin.</param>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Positions">Where its parts stand.</param>
internal sealed record SpecFile(string Path, string Text, Spec Spec, SpecPositions Positions)
{
    /// <summary>Null after printing everything that is wrong with the file.</summary>
    /// <exception cref="CliException">There is no such file, or it cannot be read.</exception>
    public static SpecFile? Read(string path, Terminal terminal)
    {
        var text = ReadText(path);
        var reading = SpecReader.Read(text);
        if (reading.Spec is { } spec) return new SpecFile(path, text, spec, reading.Positions);
        Print(path, reading.Problems, terminal);
        return null;
    }

    /// <summary>Problems as compilers print them, so that editors jump to them, each with what to do about it.</summary>
    public static void Print(string path, IReadOnlyList<SpecProblem> problems, Terminal terminal)
    {
        foreach (var problem in problems)
        {
            var place = problem.Line > 0 ? $"{path}:{problem.Line}:{problem.Column}" : path;
            terminal.Note(problem.Path.Length > 0 ? $"{place}: {problem.Path}: {problem.Message}" : $"{place}: {problem.Message}");
            terminal.Note($"    {problem.Fix}");
        }
        terminal.Note($"{Words.Count(problems.Count, "problem")} in {path}; nothing was started.");
    }

    private static string ReadText(string path)
    {
        try
        {
            return path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"There is no file '{path}'.", NearestFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"'{path}' cannot be read: {e.Message}");
        }
    }

    private static string? NearestFile(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder)) return null;
        var names = Directory.EnumerateFiles(folder, "*.yaml").Concat(Directory.EnumerateFiles(folder, "*.yml")).Select(f => System.IO.Path.GetFileName(f)).ToList();
        var near = Nearest.Of(System.IO.Path.GetFileName(path), names);
        return near is null ? null : $"Did you mean '{System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", near)}'?";
    }
}
