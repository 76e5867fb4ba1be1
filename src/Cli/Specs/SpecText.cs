using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>Specs that the client writes itself, from the words of a command line.</summary>
internal static class SpecText
{
    /// <summary>As YAML.</summary>
    public static string Of(Spec spec) => YamlText.Of(JsonSerializer.SerializeToNode(spec, SpecJson.Options));

    /// <summary>As YAML, after the checks that need no server.</summary>
    /// <exception cref="CliException">Something is wrong with it.</exception>
    public static string Checked(Spec spec)
    {
        var text = Of(spec);
        return SpecReader.Read(text).Problems is { Count: > 0 } problems ? throw Refusal(problems) : text;
    }

    /// <summary>What is wrong, where no file has a line for it.</summary>
    public static CliException Refusal(IReadOnlyList<SpecProblem> problems)
    {
        string Say(SpecProblem problem) => problem.Path.Length > 0 ? $"{problem.Path}: {problem.Message}" : problem.Message;
        return new CliException(ExitCode.Usage, Say(problems[0]), problems[0].Fix, [.. problems.Skip(1).SelectMany(problem => new[] { Say(problem), $"  {problem.Fix}" })]);
    }
}
