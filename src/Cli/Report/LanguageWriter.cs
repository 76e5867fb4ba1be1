using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Spectre.Console;

namespace Ptune.Cli.Report;

/// <summary>The result of a study of language models on stdout: models and methods as rows, tasks as columns.</summary>
internal static class LanguageWriter
{
    public static void Write(IAnsiConsole console, StudyResult result, LanguageStudySpec spec)
    {
        console.Line($"{result.Study}: {LanguageTables.Title(result, spec)}");
        console.Line();
        var tasks = spec.Tasks.Select(task => task.Title()).ToArray();
        TextTable.Write(
            console,
            ["MODEL", "METHOD", .. tasks.Select(task => $">{task.ToUpperInvariant()}"), ">TRAINING", ">SIZE"],
            LanguageTables.Groups(result).Select(rows => (string[])
            [
                rows[0].Target, LanguageTables.MethodOf(rows[0]), .. tasks.Select(task => rows.FirstOrDefault(row => row.Task == task) is { } row ? LanguageTables.Show(row) : LanguageTables.NotMeasured),
                LanguageTables.Training(rows[0]), LanguageTables.Size(rows[0]),
            ]));
        console.Line();
        foreach (var line in LanguageTables.Changes(result, spec)) console.Line(line);
        console.Line();
        console.Line(LanguageTables.Jobs(result));
    }
}
