using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>Finds files of a spec's data set that are missing on this machine, before anything is started.</summary>
internal static class DatasetCheck
{
    public static IReadOnlyList<SpecProblem> Find(SpecFile file) => Find(file.Spec, file.Positions);

    private static IReadOnlyList<SpecProblem> Find(Spec spec, SpecPositions positions)
    {
        if (spec is SweepSpec sweep) return Find(sweep.Job, positions.Below("job"));
        var (dataset, path) = spec switch
        {
            TransferStudySpec s => ((IDatasetSpec?)s.Dataset, "dataset"),
            JobSpec job => (job.Examples()?.Dataset, "data.dataset"),
            _ => (null, ""),
        };
        if (dataset is null || !Path.IsPathFullyQualified(dataset.Location)) return [];
        if (!Directory.Exists(dataset.Location))
            return [positions.Problem($"{path}.location", $"There is no folder '{dataset.Location}'.", Advice(dataset.Location))];
        return
        [
            .. dataset.Declared()
                .Where(f => !File.Exists(Path.Combine(dataset.Location, f.File.Path)))
                .Select(f => positions.Problem($"{path}.{f.Key}.path", $"There is no file '{Path.Combine(dataset.Location, f.File.Path)}'.", "Correct the path, or put the file there.")),
        ];
    }

    private static string Advice(string location) => location.StartsWith("/usr/share/datasets/", StringComparison.Ordinal)
        ? $"Install Debian's package: apt-get install dataset-{Path.GetFileName(location.TrimEnd('/'))}; or name the folder that holds the files."
        : "Name the folder that holds the data set's files.";
}
