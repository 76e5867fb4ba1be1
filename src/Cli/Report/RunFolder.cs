using System.Globalization;
using System.Text;
using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Cli.Specs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Report;

/// <summary>
/// Where a run's files go: <c>runs/NAME/</c>, and <c>runs/NAME-2/</c> and so on where that holds another spec's. A folder belongs to the spec in its <c>spec.yaml</c>.
/// </summary>
internal sealed class RunFolder
{
    private const string SpecFileName = "spec.yaml";

    /// <summary>A folder with one of these and no spec was written by an earlier version, for a spec that is not known any more.</summary>
    private static readonly string[] Results = ["report.html", "result.json", "sweep.json"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>Makes the folder before anything is computed, so that an unwritable one is found before the work and not after it.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static RunFolder Create(string runs, SpecFile file, Terminal terminal)
    {
        var name = file.Spec.Name.Length > 0 ? file.Spec.Name : Path.GetFileNameWithoutExtension(file.Path == SpecSource.StandardInput ? "stdin" : file.Path);
        var first = Path.Combine(runs, name);
        var text = SpecText(file.Spec);
        for (var number = 1; ; number++)
        {
            var path = number == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}-{number}");
            try
            {
                Directory.CreateDirectory(path);
                if (!Claim(path, text)) continue;
                if (number > 1) terminal.Note($"{first} holds the results of another spec with this name, so the results of this run go to {path}.");
                return new RunFolder(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException(ExitCode.Usage, $"The folder '{path}' for the results cannot be written: {e.Message}", "Correct its permissions, or name another with --runs FOLDER.");
            }
        }
    }

    /// <summary>Writes the files whole or not at all, and gives their paths.</summary>
    /// <exception cref="CliException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(ReportData report) =>
    [
        Write("report.html", HtmlReport.Of(report)),
        Write(report.ResultFile, report.ResultText),
    ];

    /// <summary>A spec as reports show it: with its defaults, without secrets.</summary>
    public static string SpecText(Spec spec) => YamlText.Of(Redaction.Of(JsonSerializer.SerializeToNode(spec, SpecJson.Options)));

    /// <summary>True when the folder is this spec's, from now on or already. If two claim it at the same time, one gets it.</summary>
    private static bool Claim(string folder, string text)
    {
        var claim = Path.Combine(folder, SpecFileName);
        var mine = Partial(claim);
        File.WriteAllText(mine, text, Utf8);
        try
        {
            if (!File.Exists(claim) && Array.Exists(Results, r => File.Exists(Path.Combine(folder, r)))) return false;
            File.Move(mine, claim, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(claim))
        {
            return File.ReadAllText(claim) == text;
        }
        finally
        {
            File.Delete(mine);
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_path, name);
        var partial = Partial(path);
        try
        {
            File.WriteAllText(partial, text, Utf8);
            File.Move(partial, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.NotWritten, $"'{path}' cannot be written: {e.Message}", "The results are in the store: make room, then run the same command again.");
        }
    }

    /// <summary>Two runs at the same time have one each.</summary>
    private static string Partial(string path) => $"{path}.{Guid.NewGuid():N}.partial";
}
