using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>A spec's file that was read and has no mistakes.</summary>
/// <param name="Path">As the user wrote it; <c>-</c> is stdin.</param>
/// <param name="Text">What is sent: as it is in the file, without a byte order mark; written anew where the file has relative paths.</param>
/// <param name="Positions">Where its parts are in the text.</param>
internal sealed record SpecFile(string Path, string Text, Spec Spec, SpecPositions Positions)
{
    /// <summary>Null after printing everything that is wrong with the file.</summary>
    /// <exception cref="CliException">There is no such file, or it cannot be read.</exception>
    public static SpecFile? Read(string path, Terminal terminal)
    {
        var (text, problem) = SpecEncoding.Decode(ReadBytes(path));
        var folder = path == SpecSource.StandardInput ? Directory.GetCurrentDirectory() : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var reading = text is null ? null : SpecReader.Read(text, folder);
        if (reading?.Spec is { } spec) return new SpecFile(path, reading.IsResolved ? YamlText.Of(JsonSerializer.SerializeToNode(spec, SpecJson.Options)) : text!, spec, reading.Positions);
        Print(path, reading?.Problems ?? [problem!], terminal);
        return null;
    }

    /// <summary>Prints what a server found in what was sent to it, at the places of the file.</summary>
    public void Print(IReadOnlyList<SpecProblem> found, Terminal terminal) =>
        Print(Path, [.. found.Select(problem => problem.Line > 0 ? Positions.Problem(problem.Path, problem.Message, problem.Fix) : problem)], terminal);

    /// <summary>Problems as compilers print them, so that editors jump to them, each with what to do about it.</summary>
    public static void Print(string path, IReadOnlyList<SpecProblem> problems, Terminal terminal)
    {
        foreach (var problem in problems)
        {
            var place = problem.Line > 0 ? $"{path}:{problem.Line}:{problem.Column}" : path;
            terminal.Note(problem.Path.Length > 0 ? $"{place}: {problem.Path}: {problem.Message}" : $"{place}: {problem.Message}");
            terminal.Note($"    {problem.Fix}");
        }
        // The last one of a cut list only says how many were left out.
        var number = problems.Count > SpecLimits.Problems ? $"more than {SpecLimits.Problems} problems" : Words.Count(problems.Count, "problem");
        terminal.Note($"{number} in {path}; nothing was started.");
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return SpecSource.Read(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"There is no file '{path}'.", NearestFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
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
