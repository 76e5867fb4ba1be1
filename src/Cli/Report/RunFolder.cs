using System.Text;
using Ptune.Cli.Specs;

namespace Ptune.Cli.Report;

/// <summary>Where a run's files go: <c>runs/NAME/</c>.</summary>
internal sealed class RunFolder
{
    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>Makes the folder before anything is computed, so that an unwritable one is found before the work and not after it.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static RunFolder Create(string runs, SpecFile file)
    {
        var name = file.Spec.Name.Length > 0 ? file.Spec.Name : Path.GetFileNameWithoutExtension(file.Path == "-" ? "stdin" : file.Path);
        var path = Path.Combine(runs, name);
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new RunFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"The folder '{path}' for the results cannot be written: {e.Message}", "Mend its rights, or name another with --runs FOLDER.");
        }
    }

    /// <summary>Writes the files whole or not at all, and gives their paths.</summary>
    public IReadOnlyList<string> Write(ReportData report) =>
    [
        Write("report.html", HtmlReport.Of(report)),
        Write(report.ResultFile, report.ResultText),
    ];

    private string Write(string name, string text)
    {
        var path = Path.Combine(_path, name);
        var partial = path + ".partial";
        try
        {
            File.WriteAllText(partial, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(partial, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.NotWritten, $"'{path}' cannot be written: {e.Message}", "The results are in the store: make room, then run the same command again.");
        }
    }
}
